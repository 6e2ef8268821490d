// Operations that mean nothing outside of AWS: authorized like every other, then refused.
#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

TEST(RoleTemplates, ExistInAwsOnly) {
    World world;
    const std::string arn = "arn:aws:iam::aws:role-template/example.amazonaws.com/Example:1";
    const std::string why =
        "404 NoSuchEntity: Role templates are published by services of AWS. None of them exists on this "
        "server.";
    EXPECT_EQ(world.iam(world.root(), "GetRoleTemplateVersion", {{"TemplateArn", arn}}).summary(), why);
    EXPECT_EQ(world.iam(world.root(), "AcquireRole", {{"TemplateArn", arn}}).summary(), why);
    const Who bob = world.make_user("bob", allow("iam:GetRoleTemplateVersion", arn));
    EXPECT_EQ(world.iam(bob, "GetRoleTemplateVersion", {{"TemplateArn", arn}}).summary(), why);
    EXPECT_EQ(world.iam(bob, "GetRoleTemplateVersion", {{"TemplateArn", arn + "0"}}).code(), "AccessDenied");
    EXPECT_EQ(world.iam(bob, "AcquireRole", {{"TemplateArn", arn}}).code(), "AccessDenied");
    world.set_policy("bob",
                     R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:CreateRole",)"
                     R"("Resource":"*","Condition":{"ArnEquals":{"iam:RoleTemplateARN":")" +
                         arn + R"("}}}})");
    EXPECT_EQ(world.iam(bob, "AcquireRole", {{"TemplateArn", arn}}).summary(), why);
    EXPECT_EQ(world.iam(bob, "AcquireRole", {{"TemplateArn", arn + "0"}}).code(), "AccessDenied");
}

}  // namespace
}  // namespace writ::api
