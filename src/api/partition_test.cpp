// In another partition every ARN is of that partition, of callers too, and so are conditions on them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

using testing::HasSubstr;

const std::string role_arn = "arn:aws-cn:iam::123456789012:role/ops";
const std::string read_only = "arn:aws-cn:iam::aws:policy/IAMReadOnlyAccess";

class InChina : public testing::Test {
  protected:
    Reply who_am_i(const Who& who) { return world.sts(who, "GetCallerIdentity"); }
    Reply make_role() {
        return world.make("CreateRole", {{"RoleName", "ops"},
                                         {"AssumeRolePolicyDocument",
                                          R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":)"
                                          R"("sts:AssumeRole","Principal":{"AWS":)"
                                          R"("arn:aws-cn:iam::123456789012:user/bob"}}})"}});
    }

    World world{EndpointConfig{.region = "cn-northwest-1", .partition = "aws-cn"}};
    Who bob = world.make_user("bob", allow_all);
};

TEST_F(InChina, CallersAreOfThePartition) {
    EXPECT_EQ(who_am_i(world.root()).text("Arn"), "arn:aws-cn:iam::123456789012:root");
    EXPECT_EQ(who_am_i(bob).text("Arn"), "arn:aws-cn:iam::123456789012:user/bob");
    make_role();
    const Reply session = world.sts(bob, "AssumeRole", {{"RoleArn", role_arn}, {"RoleSessionName", "shift"}});
    ASSERT_EQ(session.summary(), "200");
    const std::string session_arn = "arn:aws-cn:sts::123456789012:assumed-role/ops/shift";
    EXPECT_EQ(session.text("AssumedRoleUser/Arn"), session_arn);
    EXPECT_EQ(who_am_i(session.credentials()).text("Arn"), session_arn);
    EXPECT_EQ(world
                  .sts(bob, "AssumeRole",
                       {{"RoleArn", "arn:aws:iam::123456789012:role/ops"}, {"RoleSessionName", "shift"}})
                  .status(),
              400);
}

TEST_F(InChina, PoliciesMeetThePartitionOfCallersAndResources) {
    const auto only_if_caller_is = [&](const std::string& arn) {
        world.set_policy("bob",
                         R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":)"
                         R"("arn:aws-cn:iam::123456789012:user/*","Condition":{"ArnEquals":)"
                         R"({"aws:PrincipalArn":")" +
                             arn + R"("}}}})");
        return world.iam(bob, "GetUser", {{"UserName", "bob"}});
    };
    EXPECT_EQ(only_if_caller_is("arn:aws-cn:iam::123456789012:user/bob").summary(), "200");
    EXPECT_EQ(only_if_caller_is("arn:aws:iam::123456789012:user/bob").code(), "AccessDenied");
    world.set_policy("bob", allow("iam:GetUser", "arn:aws:iam::123456789012:user/*"));
    EXPECT_EQ(world.iam(bob, "GetUser", {{"UserName", "bob"}}).code(), "AccessDenied");
}

TEST_F(InChina, PoliciesOfAwsAreOfThePartition) {
    const Parameters attached{{"UserName", "eve"}, {"PolicyArn", read_only}};
    const Who eve = world.make_user("eve");
    EXPECT_EQ(world
                  .iam(world.root(), "AttachUserPolicy",
                       {{"UserName", "eve"}, {"PolicyArn", "arn:aws:iam::aws:policy/IAMReadOnlyAccess"}})
                  .code(),
              "NoSuchEntity");
    world.make("AttachUserPolicy", attached);
    EXPECT_EQ(world.iam(eve, "ListUsers").summary(), "200");
    EXPECT_EQ(world.make("ListAttachedUserPolicies", {{"UserName", "eve"}}).text("PolicyArn"), read_only);
    EXPECT_EQ(world.make("GetPolicy", {{"PolicyArn", read_only}}).text("Arn"), read_only);
    EXPECT_EQ(world.make("GetPolicy", {{"PolicyArn", read_only}}).text("AttachmentCount"), "1");
    EXPECT_THAT(world.make("ListPolicies", {{"Scope", "AWS"}, {"MaxItems", "5"}}).text("Policies/member/Arn"),
                HasSubstr("arn:aws-cn:iam::aws:policy/"));
}

TEST_F(InChina, SignaturesAreForThePartitionsRegions) {
    const auto signed_for = [&](std::string_view region) {
        HttpRequest request =
            World::request({{"Action", "ListUsers"}, {"Version", std::string(iam_version)}});
        crypto::sign(request, world.root().credentials(), region, "iam", world.clock().now());
        return world.send(request).status();
    };
    EXPECT_EQ(signed_for("cn-northwest-1"), 200);
    EXPECT_EQ(signed_for("cn-north-1"), 200);  // Where IAM of this partition is.
    EXPECT_EQ(signed_for("us-east-1"), 403);
}

}  // namespace
}  // namespace writ::api
