#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

/// Spec 7.7 and 7.8 through the endpoint: codes, texts and their order.
namespace writ::api {
namespace {

constexpr std::string_view invalid_token =
    "403 InvalidClientTokenId: The security token included in the request is invalid.";
constexpr std::string_view bad_signature =
    "403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you "
    "provided. "
    "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

class Credentials : public testing::Test {
  protected:
    static HttpRequest identity_request() {
        return World::request({{"Action", "GetCallerIdentity"}, {"Version", "2011-06-15"}});
    }
    Reply signed_as(const Who& who, std::string_view region, std::string_view service, Instant when) {
        HttpRequest request = identity_request();
        crypto::sign(request, who.credentials(), region, service, when);
        return world.send(request);
    }

    World world;
    Instant now = world.clock().now();
};

TEST_F(Credentials, AreNeeded) {
    EXPECT_EQ(world.send(identity_request()).summary(),
              "403 MissingAuthenticationToken: Request is missing Authentication Token");
    const Reply federated =
        world.send(World::request({{"Action", "AssumeRoleWithWebIdentity"}, {"Version", "2011-06-15"}}));
    EXPECT_EQ(federated.summary(),
              "501 NotImplemented: The operation sts:AssumeRoleWithWebIdentity is not implemented.");
}

TEST_F(Credentials, MustBeKnown) {
    Who nobody = world.root();
    nobody.access_key_id = "AKIAQQQQQQQQQQQQQQQQ";
    const Reply reply = world.sts(nobody, "GetCallerIdentity");
    EXPECT_EQ(reply.summary(), invalid_token);
    EXPECT_EQ(reply.answer.record.access_key_id, "AKIAQQQQQQQQQQQQQQQQ");
    EXPECT_EQ(reply.answer.record.caller_arn, "");
}

TEST_F(Credentials, MustBeActive) {  // The status is checked before the signature.
    Who bob = world.make_user("bob");
    world.make("UpdateAccessKey",
               {{"UserName", "bob"}, {"AccessKeyId", bob.access_key_id}, {"Status", "Inactive"}});
    bob.secret = "wrong";
    EXPECT_EQ(world.sts(bob, "GetCallerIdentity").summary(), invalid_token);
}

TEST_F(Credentials, MustMatchTheSignature) {
    Who root = world.root();
    root.secret = "wrong";
    EXPECT_EQ(world.sts(root, "GetCallerIdentity").summary(), bad_signature);

    HttpRequest changed = identity_request();
    crypto::sign(changed, world.root().credentials(), "us-east-1", "sts", now);
    changed.body += "&Extra=1";
    EXPECT_EQ(world.send(changed).summary(), bad_signature);
}

TEST_F(Credentials, AreRefusedWithATokenThatIsNotTheirs) {
    const Who bob = world.make_user("bob");
    const Who session = world.sts(bob, "GetSessionToken").credentials();
    const Who other = world.sts(bob, "GetSessionToken").credentials();
    Who mixed = session;
    mixed.token = other.token;
    EXPECT_EQ(world.sts(mixed, "GetCallerIdentity").summary(), invalid_token);
    Who without = session;
    without.token.clear();
    EXPECT_EQ(world.sts(without, "GetCallerIdentity").summary(), invalid_token);
    Who garbled = session;
    garbled.token = "AAAA";
    EXPECT_EQ(world.sts(garbled, "GetCallerIdentity").summary(), invalid_token);
    Who long_term = bob;
    long_term.token = session.token;
    EXPECT_EQ(world.sts(long_term, "GetCallerIdentity").summary(), invalid_token);
}

TEST_F(Credentials, GoWithTheirUser) {
    const Who bob = world.make_user("bob");
    const Who session = world.sts(bob, "GetSessionToken").credentials();
    world.make("DeleteAccessKey", {{"UserName", "bob"}, {"AccessKeyId", bob.access_key_id}});
    EXPECT_EQ(world.sts(bob, "GetCallerIdentity").summary(), invalid_token);
    EXPECT_EQ(world.sts(session, "GetCallerIdentity").summary(), "200");
    world.make("DeleteUser", {{"UserName", "bob"}});
    EXPECT_EQ(world.sts(session, "GetCallerIdentity").summary(), invalid_token);
}

TEST_F(Credentials, AreScoped) {
    EXPECT_EQ(signed_as(world.root(), "eu-west-9", "sts", now).summary(),
              "403 SignatureDoesNotMatch: Credential should be scoped to a valid region. ");
    EXPECT_EQ(signed_as(world.root(), "us-east-1", "s3", now).summary(),
              "403 SignatureDoesNotMatch: Credential should be scoped to correct service: 'sts'. ");
    EXPECT_EQ(signed_as(world.root(), "eu-west-9", "s3", now).message(),
              "Credential should be scoped to a valid region. Credential should be scoped to correct "
              "service: 'sts'. ");
}

TEST_F(Credentials, AreGoodForAQuarterOfAnHour) {
    using std::chrono::minutes;
    EXPECT_EQ(signed_as(world.root(), "us-east-1", "sts", now - minutes(15)).summary(), "200");
    EXPECT_EQ(
        signed_as(world.root(), "us-east-1", "sts", now - minutes(16)).summary(),
        "403 SignatureDoesNotMatch: Signature expired: 20261124T040700Z is now earlier than 20261124T040800Z "
        "(20261124T042300Z - 15 min.)");
    EXPECT_EQ(signed_as(world.root(), "us-east-1", "sts", now + minutes(16)).summary(),
              "403 SignatureDoesNotMatch: Signature not yet current: 20261124T043900Z is still later than "
              "20261124T043800Z (20261124T042300Z + 15 min.)");
}

TEST_F(Credentials, MustBeWellFormed) {
    HttpRequest request = identity_request();
    request.headers.emplace_back("Authorization", "AWS4-HMAC-SHA256 Credential=a, Signature=00");
    const Reply reply = world.send(request);
    EXPECT_EQ(reply.status(), 400);
    EXPECT_EQ(reply.code(), "IncompleteSignature");
}

TEST_F(Credentials, OfEachAccountActInTheirOwn) {
    world.make("CreateUser", {{"UserName", "bob"}});
    EXPECT_EQ(world.iam(world.other_root(), "GetUser", {{"UserName", "bob"}}).code(), "NoSuchEntity");
    // What another account owns is not reached by its ARN.
    const std::string arn =
        world.make("CreatePolicy", {{"PolicyName", "p"}, {"PolicyDocument", allow_all}}).text("Policy/Arn");
    EXPECT_EQ(world.iam(world.other_root(), "GetPolicy", {{"PolicyArn", arn}}).code(), "AccessDenied");
}

TEST_F(Credentials, LeaveTheirLastUse) {  // Spec 8.7.
    const Who bob = world.make_user("bob");
    const auto last_used = [&] {
        return world.make("GetAccessKeyLastUsed", {{"AccessKeyId", bob.access_key_id}});
    };
    EXPECT_EQ(last_used().text("ServiceName"), "N/A");
    EXPECT_EQ(last_used().text("AccessKeyLastUsed/Region"), "N/A");
    EXPECT_FALSE(last_used().has("LastUsedDate"));

    EXPECT_EQ(world.iam(bob, "ListUsers").code(), "AccessDenied");  // Counts as well.
    world.endpoint().flush();
    EXPECT_EQ(last_used().text("UserName"), "bob");
    EXPECT_EQ(last_used().text("ServiceName"), "iam");
    EXPECT_EQ(last_used().text("AccessKeyLastUsed/Region"), "us-east-1");
    EXPECT_EQ(last_used().text("LastUsedDate"), "2026-11-24T04:23:00Z");

    world.clock().advance(std::chrono::minutes(14));
    EXPECT_TRUE(world.sts(bob, "GetCallerIdentity").ok());
    world.endpoint().flush();
    EXPECT_EQ(last_used().text("LastUsedDate"), "2026-11-24T04:23:00Z");  // First use of the window.
    world.clock().advance(std::chrono::minutes(2));
    EXPECT_TRUE(world.sts(bob, "GetCallerIdentity").ok());
    world.endpoint().flush();
    EXPECT_EQ(last_used().text("LastUsedDate"), "2026-11-24T04:39:00Z");
    EXPECT_EQ(last_used().text("ServiceName"), "sts");
}

TEST_F(Credentials, LeaveTheirLastUseWhenTheStoreIsBack) {
    const Who bob = world.make_user("bob");
    EXPECT_TRUE(world.sts(bob, "GetCallerIdentity").ok());
    world.faults().fail({});
    world.endpoint().flush();
    const Parameters key{{"AccessKeyId", bob.access_key_id}};
    EXPECT_FALSE(world.make("GetAccessKeyLastUsed", key).has("LastUsedDate"));
    world.endpoint().flush();
    EXPECT_TRUE(world.make("GetAccessKeyLastUsed", key).has("LastUsedDate"));
}

}  // namespace
}  // namespace writ::api
