#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

const std::string trust_account =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},)"
    R"("Action":"sts:AssumeRole"}})";

TEST(IamRoles, AreCreatedReadChangedAndDeleted) {
    World world;
    const Reply made = world.make("CreateRole", {{"RoleName", "ops"},
                                                 {"Path", "/it/"},
                                                 {"AssumeRolePolicyDocument", trust_account},
                                                 {"Description", "For operators"},
                                                 {"MaxSessionDuration", "7200"}});
    EXPECT_EQ(made.text("Role/Arn"), "arn:aws:iam::123456789012:role/it/ops");
    EXPECT_TRUE(made.text("Role/RoleId").starts_with("AROA"));
    EXPECT_FALSE(made.has("MaxSessionDuration"));  // Spec B5.
    EXPECT_FALSE(made.has("RoleLastUsed"));
    // Percent-encoded (Q5).
    EXPECT_TRUE(
        made.text("Role/AssumeRolePolicyDocument").starts_with("%7B%22Version%22%3A%222012-10-17%22"));

    const Reply got = world.make("GetRole", {{"RoleName", "OPS"}});
    EXPECT_EQ(got.text("Role/RoleName"), "ops");
    EXPECT_EQ(got.text("Role/MaxSessionDuration"), "7200");
    EXPECT_TRUE(got.has("Role/RoleLastUsed"));
    EXPECT_FALSE(got.has("RoleLastUsed/LastUsedDate"));

    EXPECT_TRUE(world.make("UpdateRole", {{"RoleName", "ops"}, {"MaxSessionDuration", "3600"}})
                    .has("UpdateRoleResult"));
    const Reply described =
        world.make("UpdateRoleDescription", {{"RoleName", "ops"}, {"Description", "Changed"}});
    EXPECT_EQ(described.text("Role/Description"), "Changed");
    EXPECT_EQ(described.text("Role/MaxSessionDuration"), "3600");

    const Reply listed = world.make("ListRoles", {{"PathPrefix", "/it/"}});
    EXPECT_EQ(listed.texts("Roles/member/RoleName"), (std::vector<std::string>{"ops"}));
    EXPECT_EQ(listed.text("member/MaxSessionDuration"), "3600");

    world.make("DeleteRole", {{"RoleName", "ops"}});
    EXPECT_EQ(world.iam(world.root(), "GetRole", {{"RoleName", "ops"}}).summary(),
              "404 NoSuchEntity: The role with name ops cannot be found.");
}

TEST(IamRoles, RefuseWhatIsNoTrustPolicy) {
    World world;
    world.make("CreateRole", {{"RoleName", "ops"}, {"AssumeRolePolicyDocument", trust_account}});
    EXPECT_EQ(world
                  .iam(world.root(), "CreateRole",
                       {{"RoleName", "OPS"}, {"AssumeRolePolicyDocument", trust_account}})
                  .summary(),
              "409 EntityAlreadyExists: Role with name OPS already exists.");
    EXPECT_EQ(world.iam(world.root(), "CreateRole", {{"RoleName", "r"}, {"AssumeRolePolicyDocument", "{"}})
                  .summary(),
              "400 MalformedPolicyDocument: This policy contains invalid Json");
    EXPECT_EQ(
        world
            .iam(world.root(), "UpdateAssumeRolePolicy", {{"RoleName", "ops"}, {"PolicyDocument", allow_all}})
            .code(),
        "MalformedPolicyDocument");
    EXPECT_EQ(world
                  .iam(world.root(), "CreateRole",
                       {{"RoleName", "r"},
                        {"AssumeRolePolicyDocument", trust_account},
                        {"MaxSessionDuration", "43201"}})
                  .code(),
              "ValidationError");
}

TEST(IamRoles, CannotGoWhileTheyHavePolicies) {
    World world;
    world.make("CreateRole", {{"RoleName", "ops"}, {"AssumeRolePolicyDocument", trust_account}});
    world.make("PutRolePolicy", {{"RoleName", "ops"}, {"PolicyName", "p"}, {"PolicyDocument", allow_all}});
    EXPECT_EQ(world.iam(world.root(), "DeleteRole", {{"RoleName", "ops"}}).summary(),
              "409 DeleteConflict: Cannot delete entity, must delete policies first.");
    world.make("AttachRolePolicy",
               {{"RoleName", "ops"}, {"PolicyArn", "arn:aws:iam::aws:policy/ReadOnlyAccess"}});
    EXPECT_EQ(world.iam(world.root(), "DeleteRole", {{"RoleName", "ops"}}).summary(),
              "409 DeleteConflict: Cannot delete entity, must detach all policies first.");
}

TEST(IamRoles, RememberTheirLastUse) {
    World world;
    const Who bob = world.make_user("bob", allow("sts:AssumeRole"));
    world.make("CreateRole", {{"RoleName", "ops"}, {"AssumeRolePolicyDocument", trust_account}});
    const Who session =
        world
            .sts(bob, "AssumeRole",
                 {{"RoleArn", "arn:aws:iam::123456789012:role/ops"}, {"RoleSessionName", "s1"}})
            .credentials();
    EXPECT_TRUE(world.sts(session, "GetCallerIdentity").ok());
    world.endpoint().flush();
    const Reply got = world.make("GetRole", {{"RoleName", "ops"}});
    EXPECT_EQ(got.text("RoleLastUsed/LastUsedDate"), "2026-11-24T04:23:00Z");
    EXPECT_EQ(got.text("RoleLastUsed/Region"), "us-east-1");
}

TEST(IamBoundaries, AreSetAndRemoved) {
    World world;
    const std::string arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const Who bob = world.make_user("bob", allow_all);
    world.make("CreateRole", {{"RoleName", "ops"}, {"AssumeRolePolicyDocument", trust_account}});
    struct Row {
        std::string kind;
        std::pair<std::string, std::string> name;
    };
    const std::vector<Row> rows{{"User", {"UserName", "bob"}}, {"Role", {"RoleName", "ops"}}};
    for (const Row& row : rows) {
        world.make("Put" + row.kind + "PermissionsBoundary", {row.name, {"PermissionsBoundary", arn}});
        const Reply got = world.make("Get" + row.kind, {row.name});
        EXPECT_EQ(got.text("PermissionsBoundary/PermissionsBoundaryArn"), arn);
        EXPECT_EQ(got.text("PermissionsBoundary/PermissionsBoundaryType"), "PermissionsBoundaryPolicy");
    }
    EXPECT_EQ(world.iam(bob, "ListUsers").summary(), "200");
    EXPECT_EQ(
        world.iam(bob, "CreateUser", {{"UserName", "eve"}}).message(),
        "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: iam:CreateUser on resource: "
        "arn:aws:iam::123456789012:user/eve because no permissions boundary allows the iam:CreateUser "
        "action");
    for (const Row& row : rows) {
        world.make("Delete" + row.kind + "PermissionsBoundary", {row.name});
        EXPECT_EQ(world.iam(world.root(), "Delete" + row.kind + "PermissionsBoundary", {row.name}).code(),
                  "NoSuchEntity");
    }
    EXPECT_EQ(world.iam(bob, "CreateUser", {{"UserName", "eve"}}).summary(), "200");
    EXPECT_EQ(
        world
            .iam(world.root(), "PutUserPermissionsBoundary",
                 {{"UserName", "bob"}, {"PermissionsBoundary", "arn:aws:iam::123456789012:policy/missing"}})
            .code(),
        "NoSuchEntity");
}

}  // namespace
}  // namespace writ::api
