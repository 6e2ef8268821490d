#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

TEST(GetCallerIdentity, TellsWhoSigned) {
    World world;
    const Reply root = world.sts(world.root(), "GetCallerIdentity");
    EXPECT_EQ(root.text("Arn"), "arn:aws:iam::123456789012:root");
    EXPECT_EQ(root.text("UserId"), "123456789012");
    const Who bob = world.make_user("bob");
    const Reply user = world.sts(bob, "GetCallerIdentity");
    EXPECT_EQ(user.text("Arn"), "arn:aws:iam::123456789012:user/bob");
    EXPECT_TRUE(user.text("UserId").starts_with("AIDA"));
    EXPECT_EQ(user.text("Account"), "123456789012");
}

TEST(GetCallerIdentity, CannotBeDenied) {  // Spec E10.
    World world;
    const Who bob = world.make_user("bob", deny("sts:GetCallerIdentity"));
    EXPECT_EQ(world.sts(bob, "GetCallerIdentity").summary(), "200");
}

TEST(GetCallerIdentity, AnswersPresignedRequests) {  // Spec Z10: a log-in proof.
    World world;
    HttpRequest request;
    request.method = "GET";
    request.target = "/?Action=GetCallerIdentity&Version=2011-06-15";
    request.headers = {{"Host", "127.0.0.1:7600"}, {"x-k8s-aws-id", "cluster"}};
    request.request_id = "r";
    crypto::presign(request, world.root().credentials(), "us-east-1", "sts", world.clock().now(),
                    std::chrono::seconds(60));
    EXPECT_EQ(world.send(request).text("Arn"), "arn:aws:iam::123456789012:root");
    HttpRequest other_cluster = request;
    other_cluster.headers[1].second = "another";
    EXPECT_EQ(world.send(other_cluster).code(), "SignatureDoesNotMatch");
    world.clock().advance(std::chrono::minutes(16));
    const Reply late = world.send(request);
    EXPECT_EQ(
        late.summary(),
        "403 SignatureDoesNotMatch: Signature expired: 20261124T042300Z is now earlier than 20261124T042400Z "
        "(20261124T043900Z - 15 min.)");
}

// Spec 7.3.
TEST(GetSessionToken, LastsAsLongAsAsked) {
    World world;
    const Who bob = world.make_user("bob");
    const auto expiry = [&](const Who& who, Parameters parameters) {
        return world.sts(who, "GetSessionToken", std::move(parameters)).text("Expiration");
    };
    EXPECT_EQ(expiry(bob, {}), "2026-11-24T16:23:00Z");
    EXPECT_EQ(expiry(bob, {{"DurationSeconds", "129600"}}), "2026-11-25T16:23:00Z");
    EXPECT_EQ(expiry(world.root(), {}), "2026-11-24T05:23:00Z");
    EXPECT_EQ(expiry(world.root(), {{"DurationSeconds", "43200"}}), "2026-11-24T05:23:00Z");
    EXPECT_EQ(expiry(world.root(), {{"DurationSeconds", "900"}}), "2026-11-24T04:38:00Z");
    EXPECT_EQ(world.sts(bob, "GetSessionToken", {{"DurationSeconds", "129601"}}).code(), "ValidationError");
    EXPECT_EQ(world.sts(bob, "GetSessionToken", {{"TokenCode", "123456"}}).code(), "AccessDenied");
}

TEST(GetSessionToken, ExpiresAndIsRefusedThen) {
    World world;
    const Who bob = world.make_user("bob");
    const Who session = world.sts(bob, "GetSessionToken", {{"DurationSeconds", "900"}}).credentials();
    EXPECT_EQ(world.sts(session, "GetCallerIdentity").text("Arn"), "arn:aws:iam::123456789012:user/bob");
    world.clock().advance(std::chrono::seconds(900));
    EXPECT_EQ(world.sts(session, "GetCallerIdentity").summary(),
              "403 ExpiredToken: The security token included in the request is expired");
}

struct Limit {
    std::string_view session;  ///< "role", "user", "root".
    std::string_view service;
    std::string_view action;
    std::string_view result;
};

// Spec 7.6.
constexpr auto limits = std::to_array<Limit>({
    {"role", "iam", "ListUsers", "200"},
    {"role", "sts", "GetCallerIdentity", "200"},
    {"role", "sts", "GetSessionToken",
     "403 AccessDenied: Cannot call GetSessionToken with session credentials"},
    {"role", "sts", "GetFederationToken",
     "403 AccessDenied: Cannot call GetFederationToken with session credentials"},
    {"user", "iam", "ListUsers",
     "403 InvalidClientTokenId: The security token included in the request is invalid"},
    {"user", "sts", "GetCallerIdentity", "200"},
    {"user", "sts", "AssumeRole", "200"},
    {"user", "sts", "GetSessionToken",
     "403 AccessDenied: Cannot call GetSessionToken with session credentials"},
    {"user", "sts", "GetAccessKeyInfo",
     "403 AccessDenied: User: arn:aws:iam::123456789012:user/bob is not authorized to perform: "
     "sts:GetAccessKeyInfo"},
    {"root", "iam", "ListUsers",
     "403 InvalidClientTokenId: The security token included in the request is invalid"},
    {"root", "sts", "GetCallerIdentity", "200"},
    {"root", "sts", "AssumeRole", "403 AccessDenied: Roles may not be assumed by root accounts."},
});

TEST(Sessions, MayNotCallEverything) {
    World world;
    const Who bob = world.make_user("bob", allow_all);
    const std::string role_arn = "arn:aws:iam::123456789012:role/ops";
    world.make(
        "CreateRole",
        {{"RoleName", "ops"},
         {"AssumeRolePolicyDocument",
          R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},)"
          R"("Action":"sts:AssumeRole"}})"}});
    world.make("PutRolePolicy", {{"RoleName", "ops"}, {"PolicyName", "p"}, {"PolicyDocument", allow_all}});
    const Parameters assume{{"RoleArn", role_arn}, {"RoleSessionName", "s1"}};
    const Who role = world.sts(bob, "AssumeRole", assume).credentials();
    const Who user = world.sts(bob, "GetSessionToken").credentials();
    const Who root = world.sts(world.root(), "GetSessionToken").credentials();
    for (const Limit& row : limits) {
        const Who& who = row.session == "role" ? role : row.session == "user" ? user : root;
        const Reply reply =
            world.call(who, row.service, row.action, row.action == "AssumeRole" ? assume : Parameters{});
        EXPECT_EQ(reply.summary(), row.result) << row.session << " " << row.action;
    }
}

TEST(Sessions, OfUsersLeaveNoTraceOfMfa) {  // ?20
    World world;
    const Who bob = world.make_user("bob");
    world.make("CreateRole", {{"RoleName", "ops"},
                              {"AssumeRolePolicyDocument",
                               R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":)"
                               R"("arn:aws:iam::123456789012:user/bob"},"Action":"sts:AssumeRole",)"
                               R"("Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"}}}})"}});
    const Parameters assume{{"RoleArn", "arn:aws:iam::123456789012:role/ops"}, {"RoleSessionName", "s1"}};
    EXPECT_EQ(world.sts(bob, "AssumeRole", assume).code(), "AccessDenied");  // Missing with long-term keys.
    const Who session = world.sts(bob, "GetSessionToken").credentials();
    EXPECT_EQ(world.sts(session, "AssumeRole", assume).summary(), "200");
}

}  // namespace
}  // namespace writ::api
