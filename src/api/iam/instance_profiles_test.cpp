#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

constexpr const char* trust =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},)"
    R"("Action":"sts:AssumeRole"}})";

class InstanceProfiles : public testing::Test {
  protected:
    InstanceProfiles() {
        world.make("CreateInstanceProfile", {{"InstanceProfileName", "web"}, {"Path", "/apps/"}});
        world.make("CreateRole",
                   {{"RoleName", "run"}, {"Path", "/ops/"}, {"AssumeRolePolicyDocument", trust}});
    }
    Reply add(const Who& who) {
        return world.iam(who, "AddRoleToInstanceProfile",
                         {{"InstanceProfileName", "web"}, {"RoleName", "run"}});
    }

    World world;
};

TEST_F(InstanceProfiles, ShowTheirRole) {
    add(world.root());
    const Reply got = world.make("GetInstanceProfile", {{"InstanceProfileName", "web"}});
    EXPECT_EQ(got.text("InstanceProfile/Arn"), "arn:aws:iam::123456789012:instance-profile/apps/web");
    EXPECT_EQ(got.text("Roles/member/Arn"), "arn:aws:iam::123456789012:role/ops/run");
    EXPECT_TRUE(got.has("AssumeRolePolicyDocument"));
    EXPECT_FALSE(got.has("Tags"));
    const Reply listed = world.make("ListInstanceProfilesForRole", {{"RoleName", "run"}});
    EXPECT_EQ(listed.texts("InstanceProfileName"), std::vector<std::string>{"web"});
}

// A5, N8: whoever could put any role into a profile could become that role.
TEST_F(InstanceProfiles, TakeARoleOnlyFromWhoMayPassIt) {
    const Who bob = world.make_user("bob", allow("iam:AddRoleToInstanceProfile"));
    EXPECT_EQ(add(bob).summary(),
              "403 AccessDenied: User: arn:aws:iam::123456789012:user/bob is not authorized to perform: "
              "iam:PassRole on resource: arn:aws:iam::123456789012:role/ops/run because no identity-based "
              "policy allows the iam:PassRole action");
    const auto may_pass_to = [&](const std::string& service) {
        return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":)"
               R"("iam:AddRoleToInstanceProfile","Resource":"*"},{"Effect":"Allow","Action":"iam:PassRole",)"
               R"("Resource":"arn:aws:iam::123456789012:role/ops/run","Condition":{"StringEquals":)"
               R"({"iam:PassedToService":")" +
               service + R"("}}}]})";
    };
    world.set_policy("bob", may_pass_to("lambda.amazonaws.com"));
    EXPECT_EQ(add(bob).code(), "AccessDenied");
    world.set_policy("bob", may_pass_to("ec2.amazonaws.com"));
    EXPECT_EQ(add(bob).summary(), "200");
}

TEST_F(InstanceProfiles, TellNobodyWhetherTheyExist) {  // B7.
    const Who bob = world.make_user("bob");
    for (const char* name : {"web", "none"}) {
        EXPECT_EQ(
            world.iam(bob, "GetInstanceProfile", {{"InstanceProfileName", name}}).summary(),
            std::string("403 AccessDenied: User: arn:aws:iam::123456789012:user/bob is not authorized to "
                        "perform: iam:GetInstanceProfile on resource: instance profile ") +
                name + " because no identity-based policy allows the iam:GetInstanceProfile action");
    }
}

TEST_F(InstanceProfiles, CanBeAuthorizedByTheirTags) {
    const Who bob = world.make_user(
        "bob", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetInstanceProfile",)"
               R"("Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"a"}}}})");
    EXPECT_EQ(world.iam(bob, "GetInstanceProfile", {{"InstanceProfileName", "web"}}).code(), "AccessDenied");
    world.make("TagInstanceProfile",
               {{"InstanceProfileName", "web"}, {"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "a"}});
    EXPECT_EQ(world.iam(bob, "GetInstanceProfile", {{"InstanceProfileName", "web"}}).summary(), "200");
    const Reply tags = world.make("ListInstanceProfileTags", {{"InstanceProfileName", "web"}});
    EXPECT_EQ(tags.text("Tags/member/Key"), "team");
    world.make("UntagInstanceProfile", {{"InstanceProfileName", "web"}, {"TagKeys.member.1", "team"}});
    EXPECT_EQ(world.iam(bob, "GetInstanceProfile", {{"InstanceProfileName", "web"}}).code(), "AccessDenied");
}

TEST_F(InstanceProfiles, NeedThePermissionToTagWhenMadeWithTags) {
    const Who bob = world.make_user("bob", allow("iam:CreateInstanceProfile"));
    EXPECT_EQ(
        world
            .iam(bob, "CreateInstanceProfile",
                 {{"InstanceProfileName", "db"}, {"Tags.member.1.Key", "k"}, {"Tags.member.1.Value", ""}})
            .code(),
        "AccessDenied");
    EXPECT_EQ(world.iam(bob, "CreateInstanceProfile", {{"InstanceProfileName", "db"}}).summary(), "200");
}

}  // namespace
}  // namespace writ::api
