#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"
#include "crypto/access_key.h"

namespace writ::api {
namespace {

class GetFederationToken : public testing::Test {
  protected:
    Reply token(const Who& who, Parameters parameters = {}) {
        parameters.emplace_back("Name", "fed");
        return world.sts(who, "GetFederationToken", std::move(parameters));
    }

    World world;
    Who bob = world.make_user("bob", allow("sts:*"));
};

TEST_F(GetFederationToken, MakesAFederatedUser) {  // 7.4.
    const Reply made = token(bob, {{"Policy", allow("s3:*")}});
    ASSERT_EQ(made.summary(), "200");
    EXPECT_EQ(made.text("FederatedUser/Arn"), "arn:aws:sts::123456789012:federated-user/fed");
    EXPECT_EQ(made.text("FederatedUserId"), "123456789012:fed");
    EXPECT_GT(std::stoi(made.text("PackedPolicySize")), 0);
    const Reply identity = world.sts(made.credentials(), "GetCallerIdentity");
    EXPECT_EQ(identity.text("Arn"), "arn:aws:sts::123456789012:federated-user/fed");
    EXPECT_EQ(identity.text("UserId"), "123456789012:fed");
    EXPECT_FALSE(token(bob).has("PackedPolicySize"));
}

TEST_F(GetFederationToken, LastsAsLongAsAsked) {  // 7.3.
    EXPECT_EQ(token(bob).text("Expiration"), "2026-11-24T16:23:00Z");
    EXPECT_EQ(token(bob, {{"DurationSeconds", "129600"}}).text("Expiration"), "2026-11-25T16:23:00Z");
    EXPECT_EQ(token(world.root()).text("Expiration"), "2026-11-24T05:23:00Z");
    EXPECT_EQ(token(world.root(), {{"DurationSeconds", "7200"}}).text("Expiration"), "2026-11-24T05:23:00Z");
    EXPECT_EQ(token(bob, {{"DurationSeconds", "899"}}).code(), "ValidationError");
    EXPECT_EQ(token(bob, {{"DurationSeconds", "129601"}}).code(), "ValidationError");
}

TEST_F(GetFederationToken, NamesFollowTheModel) {  // 7.4.
    const auto with_name = [&](const std::string& name) {
        return world.sts(bob, "GetFederationToken", {{"Name", name}}).code();
    };
    EXPECT_EQ(with_name("a"), "ValidationError");
    EXPECT_EQ(with_name(std::string(33, 'a')), "ValidationError");
    EXPECT_EQ(with_name("a b"), "ValidationError");
    EXPECT_EQ(with_name("a+=,.@-b"), "");
}

TEST_F(GetFederationToken, IsAuthorizedOnTheFederatedUser) {
    const Who eve = world.make_user("eve");
    EXPECT_EQ(token(eve).summary(),
              "403 AccessDenied: User: arn:aws:iam::123456789012:user/eve is not authorized to perform: "
              "sts:GetFederationToken on resource: arn:aws:sts::123456789012:federated-user/fed because no "
              "identity-based policy allows the sts:GetFederationToken action");
    world.set_policy("eve", allow("sts:GetFederationToken", "arn:aws:sts::123456789012:federated-user/fed"));
    EXPECT_EQ(token(eve).summary(), "200");
    const Parameters tagged{{"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "a"}};
    EXPECT_NE(token(eve, tagged).message().find("sts:TagSession"), std::string::npos);
    EXPECT_EQ(token(bob, tagged).summary(), "200");
}

TEST_F(GetFederationToken, IsNotForSessions) {  // 7.6.
    const Who session = world.sts(bob, "GetSessionToken").credentials();
    EXPECT_EQ(token(session).summary(),
              "403 AccessDenied: Cannot call GetFederationToken with session credentials");
    const Who federated = token(bob).credentials();
    EXPECT_EQ(token(federated).code(), "AccessDenied");
}

TEST_F(GetFederationToken, OpensNeitherIamNorStsButTheIdentity) {  // 7.6.
    const Who federated = token(world.root(), {{"Policy", allow_all}}).credentials();
    EXPECT_EQ(world.iam(federated, "ListUsers").summary(),
              "403 InvalidClientTokenId: The security token included in the request is invalid");
    EXPECT_EQ(world.sts(federated, "GetSessionToken").code(), "AccessDenied");
    EXPECT_EQ(world.sts(federated, "GetAccessKeyInfo", {{"AccessKeyId", bob.access_key_id}}).code(),
              "AccessDenied");
    EXPECT_EQ(world.sts(federated, "GetCallerIdentity").summary(), "200");
}

TEST_F(GetFederationToken, EndsWithTheUserBehindIt) {  // 7.7, step 7.
    const Who federated = token(bob).credentials();
    world.make("DeleteUserPolicy", {{"UserName", "bob"}, {"PolicyName", "p"}});
    world.make("DeleteAccessKey", {{"UserName", "bob"}, {"AccessKeyId", bob.access_key_id}});
    world.make("DeleteUser", {{"UserName", "bob"}});
    EXPECT_EQ(world.sts(federated, "GetCallerIdentity").code(), "InvalidClientTokenId");
}

TEST_F(GetFederationToken, RefusesPoliciesThatAreNone) {
    EXPECT_EQ(token(bob, {{"Policy", "{}"}}).code(), "MalformedPolicyDocument");
    EXPECT_EQ(token(bob, {{"Policy", std::string(2049, ' ')}}).code(), "ValidationError");
    EXPECT_EQ(token(bob, {{"PolicyArns.member.1.arn", "arn:aws:iam::123456789012:policy/none"}}).code(),
              "InvalidParameterValue");
    EXPECT_EQ(token(bob, {{"PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/ReadOnlyAccess"}}).summary(),
              "200");
    EXPECT_EQ(token(bob, {{"Tags.member.1.Key", "a"},
                          {"Tags.member.1.Value", "1"},
                          {"Tags.member.2.Key", "A"},
                          {"Tags.member.2.Value", "2"}})
                  .summary(),
              "400 InvalidParameterValue: Duplicate tag keys found. Please note that Tag keys are case "
              "insensitive.");
}

TEST(GetAccessKeyInfo, TellsTheAccountOfAnyKey) {  // 7.4, S16.
    World world;
    const auto account_of = [&](const std::string& id) {
        return world.sts(world.root(), "GetAccessKeyInfo", {{"AccessKeyId", id}}).text("Account");
    };
    const Who bob = world.make_user("bob", allow("sts:GetSessionToken"));
    EXPECT_EQ(account_of(bob.access_key_id), World::account);
    EXPECT_EQ(account_of(world.sts(bob, "GetSessionToken").credentials().access_key_id), World::account);
    EXPECT_EQ(account_of(world.other_root().access_key_id), World::other_account);  // No account inside.
    SequenceRandom random(7);
    EXPECT_EQ(account_of(crypto::make_id(crypto::IdKind::access_key, "555566667777", random)),
              "555566667777");
    for (const std::string id : {"AKIAIOSFODNN7EXAMPLE", "AIDA2222222222222222", "not_a_key_at_all"}) {
        EXPECT_EQ(world.sts(world.root(), "GetAccessKeyInfo", {{"AccessKeyId", id}}).code(),
                  "ValidationError");
    }
    EXPECT_EQ(world.sts(bob, "GetAccessKeyInfo", {{"AccessKeyId", bob.access_key_id}}).code(),
              "AccessDenied");
}

}  // namespace
}  // namespace writ::api
