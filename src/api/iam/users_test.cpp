#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

TEST(IamUsers, AreCreatedReadChangedAndDeleted) {
    World world;
    const Reply made = world.make("CreateUser", {{"UserName", "Ada"},
                                                 {"Path", "/math/"},
                                                 {"Tags.member.1.Key", "team"},
                                                 {"Tags.member.1.Value", "red"}});
    EXPECT_EQ(made.text("CreateUserResult/User/Arn"), "arn:aws:iam::123456789012:user/math/Ada");
    EXPECT_EQ(made.text("User/Path"), "/math/");
    EXPECT_EQ(made.text("User/CreateDate"), "2026-11-24T04:23:00Z");
    EXPECT_EQ(made.text("User/UserId").size(), 21U);
    EXPECT_EQ(made.text("User/Tags/member/Key"), "team");

    const Reply got = world.make("GetUser", {{"UserName", "ada"}});  // Found in any case (B2).
    EXPECT_EQ(got.text("User/UserName"), "Ada");
    EXPECT_EQ(got.text("User/UserId"), made.text("User/UserId"));

    const Reply updated =
        world.make("UpdateUser", {{"UserName", "Ada"}, {"NewUserName", "Lovelace"}, {"NewPath", "/"}});
    EXPECT_FALSE(updated.has("UpdateUserResult"));  // No output: no result element (Q3).
    const Reply renamed = world.make("GetUser", {{"UserName", "Lovelace"}});
    EXPECT_EQ(renamed.text("User/Arn"), "arn:aws:iam::123456789012:user/Lovelace");
    EXPECT_EQ(renamed.text("User/UserId"), made.text("User/UserId"));

    world.make("DeleteUser", {{"UserName", "Lovelace"}});
    EXPECT_EQ(world.iam(world.root(), "GetUser", {{"UserName", "Lovelace"}}).summary(),
              "404 NoSuchEntity: The user with name Lovelace cannot be found.");
}

TEST(IamUsers, AreUniqueWithoutCase) {
    World world;
    world.make("CreateUser", {{"UserName", "ada"}});
    EXPECT_EQ(world.iam(world.root(), "CreateUser", {{"UserName", "ADA"}, {"Path", "/x/"}}).summary(),
              "409 EntityAlreadyExists: User with name ADA already exists.");
    world.make("CreateUser", {{"UserName", "bob"}});
    EXPECT_EQ(world.iam(world.root(), "UpdateUser", {{"UserName", "bob"}, {"NewUserName", "Ada"}}).code(),
              "EntityAlreadyExists");
}

TEST(IamUsers, CannotGoWhileTheyHaveKeys) {
    World world;
    const Who bob = world.make_user("bob");
    EXPECT_EQ(world.iam(world.root(), "DeleteUser", {{"UserName", "bob"}}).summary(),
              "409 DeleteConflict: Cannot delete entity, must delete access keys first.");
    EXPECT_EQ(world.iam(world.root(), "DeleteUser", {{"UserName", "eve"}}).code(), "NoSuchEntity");
}

TEST(IamUsers, AreListedInPages) {
    World world;
    for (const char* name : {"c", "a", "B"}) world.make("CreateUser", {{"UserName", name}, {"Path", "/p/"}});
    world.make("CreateUser", {{"UserName", "elsewhere"}});
    const Reply first = world.make("ListUsers", {{"PathPrefix", "/p/"}, {"MaxItems", "2"}});
    EXPECT_EQ(first.texts("Users/member/UserName"), (std::vector<std::string>{"a", "B"}));
    EXPECT_EQ(first.text("IsTruncated"), "true");
    const Reply rest =
        world.make("ListUsers", {{"PathPrefix", "/p/"}, {"Marker", first.text("ListUsersResult/Marker")}});
    EXPECT_EQ(rest.texts("Users/member/UserName"), (std::vector<std::string>{"c"}));
    EXPECT_EQ(rest.text("IsTruncated"), "false");
    EXPECT_FALSE(rest.has("Marker"));
    EXPECT_EQ(world.iam(world.root(), "ListUsers", {{"Marker", "nonsense"}}).summary(),
              "400 ValidationError: Invalid Marker.");
    EXPECT_EQ(world.iam(world.root(), "ListUsers", {{"MaxItems", "0"}}).code(), "ValidationError");
}

TEST(IamUsers, WithoutANameAreTheCaller) {
    World world;
    const Who bob = world.make_user("bob", allow("iam:*"));
    EXPECT_EQ(world.iam(bob, "GetUser").text("User/UserName"), "bob");
    const Reply root = world.make("GetUser", {});
    EXPECT_EQ(root.text("User/Arn"), "arn:aws:iam::123456789012:root");
    EXPECT_EQ(root.text("User/UserId"), "123456789012");
    EXPECT_FALSE(root.has("UserName"));  // Spec B5.
    EXPECT_FALSE(root.has("Path"));

    world.make("CreateRole", {{"RoleName", "ops"},
                              {"AssumeRolePolicyDocument",
                               R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":)"
                               R"("arn:aws:iam::123456789012:user/bob"},"Action":"sts:AssumeRole"}})"}});
    world.make("PutRolePolicy", {{"RoleName", "ops"}, {"PolicyName", "p"}, {"PolicyDocument", allow_all}});
    const Who session =
        world
            .sts(bob, "AssumeRole",
                 {{"RoleArn", "arn:aws:iam::123456789012:role/ops"}, {"RoleSessionName", "s1"}})
            .credentials();
    EXPECT_EQ(world.iam(session, "GetUser").summary(),
              "400 ValidationError: Must specify userName when calling with non-User credentials");
}

// Or a permission on one path would be a way to take any name anywhere.
TEST(IamUsers, AreRenamedOnlyWithPermissionOnBothNames) {
    World world;
    const Who bob = world.make_user("bob", allow("iam:UpdateUser", "arn:aws:iam::123456789012:user/low/*"));
    world.make("CreateUser", {{"UserName", "ada"}, {"Path", "/low/"}});
    EXPECT_EQ(
        world.iam(bob, "UpdateUser", {{"UserName", "ada"}, {"NewPath", "/high/"}}).message(),
        "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: iam:UpdateUser on resource: "
        "arn:aws:iam::123456789012:user/high/ada because no identity-based policy allows the iam:UpdateUser "
        "action");
    EXPECT_EQ(world.iam(bob, "UpdateUser", {{"UserName", "ada"}, {"NewUserName", "eva"}}).summary(), "200");
    EXPECT_EQ(world.make("GetUser", {{"UserName", "eva"}}).text("User/Path"), "/low/");
}

TEST(IamAccessKeys, AreCreatedListedChangedAndDeleted) {
    World world;
    world.make("CreateUser", {{"UserName", "bob"}});
    const Reply made = world.make("CreateAccessKey", {{"UserName", "bob"}});
    const std::string id = made.text("AccessKey/AccessKeyId");
    EXPECT_TRUE(id.starts_with("AKIA"));
    EXPECT_EQ(made.text("AccessKey/SecretAccessKey").size(), 40U);
    EXPECT_EQ(made.text("AccessKey/Status"), "Active");
    world.make("CreateAccessKey", {{"UserName", "bob"}});
    EXPECT_EQ(world.iam(world.root(), "CreateAccessKey", {{"UserName", "bob"}}).summary(),
              "409 LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2");

    world.make("UpdateAccessKey", {{"UserName", "bob"}, {"AccessKeyId", id}, {"Status", "Inactive"}});
    const Reply listed = world.make("ListAccessKeys", {{"UserName", "bob"}});
    EXPECT_EQ(listed.texts("AccessKeyMetadata/member/AccessKeyId").size(), 2U);
    EXPECT_FALSE(listed.has("SecretAccessKey"));
    EXPECT_NE(listed.body().find("Inactive"), std::string::npos);

    world.make("DeleteAccessKey", {{"UserName", "bob"}, {"AccessKeyId", id}});
    EXPECT_EQ(
        world.iam(world.root(), "DeleteAccessKey", {{"UserName", "bob"}, {"AccessKeyId", id}}).summary(),
        "404 NoSuchEntity: The Access Key with id " + id + " cannot be found.");
    EXPECT_EQ(world.make("ListAccessKeys", {{"UserName", "bob"}}).texts("AccessKeyMetadata/member").size(),
              1U);
}

TEST(IamAccessKeys, WithoutANameAreTheCallers) {
    World world;
    const Who bob = world.make_user("bob", allow("iam:*AccessKey*", "arn:aws:iam::123456789012:user/bob"));
    const Reply made = world.iam(bob, "CreateAccessKey");
    EXPECT_EQ(made.text("AccessKey/UserName"), "bob");
    const std::string id = made.text("AccessKey/AccessKeyId");
    EXPECT_EQ(world.iam(bob, "ListAccessKeys").texts("AccessKeyMetadata/member").size(), 2U);
    EXPECT_EQ(world.iam(bob, "UpdateAccessKey", {{"AccessKeyId", id}, {"Status", "Inactive"}}).summary(),
              "200");
    EXPECT_EQ(world.iam(bob, "DeleteAccessKey", {{"AccessKeyId", id}}).summary(), "200");
    EXPECT_EQ(world.iam(bob, "CreateAccessKey", {{"UserName", "eve"}}).code(), "AccessDenied");

    const Reply root = world.make("CreateAccessKey", {});
    EXPECT_EQ(world.make("ListAccessKeys", {}).texts("AccessKeyMetadata/member").size(), 2U);
    const Who second{root.text("AccessKeyId"), root.text("SecretAccessKey"), {}};
    EXPECT_EQ(world.sts(second, "GetCallerIdentity").text("Arn"), "arn:aws:iam::123456789012:root");
}

// Authorized on the user who owns the key.
TEST(IamAccessKeys, TellTheirLastUseToThoseWhoMaySeeTheUser) {
    World world;
    const Who bob =
        world.make_user("bob", allow("iam:GetAccessKeyLastUsed", "arn:aws:iam::123456789012:user/bob"));
    const Who eve = world.make_user("eve");
    EXPECT_EQ(world.iam(bob, "GetAccessKeyLastUsed", {{"AccessKeyId", bob.access_key_id}}).summary(), "200");
    EXPECT_EQ(world.iam(bob, "GetAccessKeyLastUsed", {{"AccessKeyId", eve.access_key_id}}).code(),
              "AccessDenied");
}

}  // namespace
}  // namespace writ::api
