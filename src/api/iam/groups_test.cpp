#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

TEST(IamGroups, AreCreatedReadChangedAndDeleted) {
    World world;
    const Reply made = world.make("CreateGroup", {{"GroupName", "ops"}, {"Path", "/it/"}});
    EXPECT_EQ(made.text("Group/Arn"), "arn:aws:iam::123456789012:group/it/ops");
    EXPECT_TRUE(made.text("Group/GroupId").starts_with("AGPA"));
    EXPECT_EQ(world.iam(world.root(), "CreateGroup", {{"GroupName", "OPS"}}).summary(),
              "409 EntityAlreadyExists: Group with name OPS already exists.");
    world.make("UpdateGroup", {{"GroupName", "ops"}, {"NewGroupName", "admins"}});
    const Reply got = world.make("GetGroup", {{"GroupName", "admins"}});
    EXPECT_EQ(got.text("Group/GroupId"), made.text("Group/GroupId"));
    EXPECT_TRUE(got.has("GetGroupResult/Users"));
    EXPECT_EQ(got.text("IsTruncated"), "false");
    EXPECT_EQ(world.make("ListGroups", {}).texts("Groups/member/GroupName"),
              (std::vector<std::string>{"admins"}));
    world.make("DeleteGroup", {{"GroupName", "admins"}});
    EXPECT_EQ(world.iam(world.root(), "GetGroup", {{"GroupName", "admins"}}).summary(),
              "404 NoSuchEntity: The group with name admins cannot be found.");
}

TEST(IamGroups, HaveMembers) {
    World world;
    world.make("CreateGroup", {{"GroupName", "ops"}});
    const Who bob = world.make_user("bob");
    world.make("AddUserToGroup", {{"GroupName", "ops"}, {"UserName", "bob"}});
    world.make("AddUserToGroup", {{"GroupName", "ops"}, {"UserName", "bob"}});
    EXPECT_EQ(world.make("GetGroup", {{"GroupName", "ops"}}).texts("Users/member/UserName"),
              (std::vector<std::string>{"bob"}));
    EXPECT_EQ(world.make("ListGroupsForUser", {{"UserName", "bob"}}).texts("Groups/member/GroupName"),
              (std::vector<std::string>{"ops"}));
    EXPECT_EQ(world.iam(world.root(), "DeleteGroup", {{"GroupName", "ops"}}).summary(),
              "409 DeleteConflict: Cannot delete entity, must remove users from group first.");
    EXPECT_EQ(world.iam(world.root(), "AddUserToGroup", {{"GroupName", "ops"}, {"UserName", "eve"}}).code(),
              "NoSuchEntity");

    // Policies of the group are the member's, and go with the membership (E17).
    world.make("PutGroupPolicy",
               {{"GroupName", "ops"}, {"PolicyName", "p"}, {"PolicyDocument", allow("iam:ListUsers")}});
    EXPECT_EQ(world.iam(bob, "ListUsers").summary(), "200");
    world.make("RemoveUserFromGroup", {{"GroupName", "ops"}, {"UserName", "bob"}});
    EXPECT_EQ(world.iam(bob, "ListUsers").code(), "AccessDenied");
}

TEST(IamTags, AreSetListedAndRemoved) {
    World world;
    world.make("CreateUser", {{"UserName", "bob"}});
    world.make("CreateRole", {{"RoleName", "ops"},
                              {"AssumeRolePolicyDocument",
                               R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":)"
                               R"({"AWS":"123456789012"},"Action":"sts:AssumeRole"}})"}});
    const std::string arn =
        world.make("CreatePolicy", {{"PolicyName", "p"}, {"PolicyDocument", allow_all}}).text("Policy/Arn");
    struct Row {
        std::string kind;
        std::pair<std::string, std::string> name;
    };
    const std::vector<Row> rows{
        {"User", {"UserName", "bob"}}, {"Role", {"RoleName", "ops"}}, {"Policy", {"PolicyArn", arn}}};
    for (const Row& row : rows) {
        world.make("Tag" + row.kind, {row.name,
                                      {"Tags.member.1.Key", "team"},
                                      {"Tags.member.1.Value", "red"},
                                      {"Tags.member.2.Key", "empty"},
                                      {"Tags.member.2.Value", ""}});
        const Reply listed = world.make("List" + row.kind + "Tags", {row.name});
        EXPECT_EQ(listed.texts("Tags/member/Key"), (std::vector<std::string>{"empty", "team"})) << row.kind;
        EXPECT_EQ(listed.text("IsTruncated"), "false");
        world.make("Untag" + row.kind,
                   {row.name, {"TagKeys.member.1", "team"}, {"TagKeys.member.2", "absent"}});
        EXPECT_EQ(world.make("List" + row.kind + "Tags", {row.name}).texts("Tags/member/Key"),
                  (std::vector<std::string>{"empty"}));
        EXPECT_EQ(world
                      .iam(world.root(), "Tag" + row.kind,
                           {row.name, {"Tags.member.1.Key", "AWS:x"}, {"Tags.member.1.Value", "1"}})
                      .summary(),
                  "400 InvalidInput: Tag keys beginning with aws: are reserved for system use.")
            << row.kind;
    }
    EXPECT_EQ(world
                  .iam(world.root(), "TagUser",
                       {{"UserName", "bob"},
                        {"Tags.member.1.Key", "a"},
                        {"Tags.member.1.Value", "1"},
                        {"Tags.member.2.Key", "A"},
                        {"Tags.member.2.Value", "2"}})
                  .summary(),
              "400 InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    EXPECT_EQ(world.iam(world.root(), "ListUserTags", {{"UserName", "eve"}}).code(), "NoSuchEntity");
}

}  // namespace
}  // namespace writ::api
