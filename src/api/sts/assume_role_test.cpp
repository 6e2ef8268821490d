#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

const std::string ops_arn = "arn:aws:iam::123456789012:role/team/ops";

std::string trust(std::string_view principal, std::string_view actions = R"("sts:AssumeRole")",
                  std::string_view condition = "") {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":")" +
           std::string(principal) + R"("},"Action":[)" + std::string(actions) + "]" +
           (condition.empty() ? "" : R"(,"Condition":{)" + std::string(condition) + "}") + "}}";
}

constexpr std::string_view all_actions = R"("sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity")";
const std::string account_root = "arn:aws:iam::123456789012:root";
const std::string bob_arn = "arn:aws:iam::123456789012:user/bob";
constexpr std::string_view not_allowed =
    "403 AccessDenied: User: arn:aws:iam::123456789012:user/bob is not authorized to perform: sts:AssumeRole "
    "on "
    "resource: arn:aws:iam::123456789012:role/team/ops";

class AssumeRole : public testing::Test {
  protected:
    void make_role(const std::string& trust_document, const std::string& name = "ops") {
        world.make("CreateRole",
                   {{"RoleName", name}, {"Path", "/team/"}, {"AssumeRolePolicyDocument", trust_document}});
    }
    Reply assume(const Who& who, Parameters more = {}, const std::string& role = ops_arn) {
        more.insert(more.begin(), {{"RoleArn", role}, {"RoleSessionName", "s1"}});
        return world.sts(who, "AssumeRole", std::move(more));
    }

    World world;
    Who bob = world.make_user("bob", allow("sts:*"));
    Who eve = world.make_user("eve");
};

TEST_F(AssumeRole, AnswersWithASession) {
    make_role(trust(bob_arn));
    const Reply reply = assume(bob);
    ASSERT_EQ(reply.summary(), "200");
    EXPECT_EQ(reply.text("AssumedRoleUser/Arn"), "arn:aws:sts::123456789012:assumed-role/ops/s1");
    EXPECT_EQ(reply.text("Credentials/Expiration"), "2026-11-24T05:23:00Z");
    EXPECT_FALSE(reply.has("PackedPolicySize"));
    EXPECT_FALSE(reply.has("SourceIdentity"));
    EXPECT_TRUE(reply.credentials().access_key_id.starts_with("ASIA"));

    const Reply identity = world.sts(reply.credentials(), "GetCallerIdentity");
    EXPECT_EQ(identity.text("Arn"), "arn:aws:sts::123456789012:assumed-role/ops/s1");
    EXPECT_EQ(identity.text("UserId"), reply.text("AssumedRoleId"));
    EXPECT_EQ(identity.text("Account"), "123456789012");
    EXPECT_TRUE(identity.text("UserId").starts_with("AROA"));
    EXPECT_TRUE(identity.text("UserId").ends_with(":s1"));
}

// Spec E3, N3.
TEST_F(AssumeRole, AsksBothSides) {
    struct Row {
        std::string trusted;
        bool with_permission;
        bool allowed;
    };
    const std::vector<Row> rows{
        {bob_arn, false, true},        // Named directly: no identity policy needed.
        {account_root, false, false},  // The account only passes the question on.
        {account_root, true, true},
        {"arn:aws:iam::123456789012:user/eve", true, false},
        {"arn:aws:iam::210987654321:root", true, false},
    };
    make_role(trust(account_root));
    for (const Row& row : rows) {
        world.set_policy("bob", row.with_permission ? allow("sts:AssumeRole", ops_arn) : allow("s3:*"));
        world.make("UpdateAssumeRolePolicy", {{"RoleName", "ops"}, {"PolicyDocument", trust(row.trusted)}});
        EXPECT_EQ(assume(bob).summary(), row.allowed ? "200" : not_allowed) << row.trusted;
    }
}

TEST_F(AssumeRole, HeedsAnExplicitDeny) {
    make_role(trust(bob_arn));
    world.set_policy("bob", deny("sts:AssumeRole"));
    EXPECT_EQ(assume(bob).summary(), not_allowed);
}

TEST_F(AssumeRole, TellsNothingAboutUnknownRoles) {  // Spec N3.
    EXPECT_EQ(assume(bob).summary(), not_allowed);
    make_role(trust(account_root));
    EXPECT_EQ(assume(bob, {}, "arn:aws:iam::123456789012:role/ops").summary(),  // Another path.
              "403 AccessDenied: User: arn:aws:iam::123456789012:user/bob is not authorized to perform: "
              "sts:AssumeRole on resource: arn:aws:iam::123456789012:role/ops");
}

TEST_F(AssumeRole, CrossesAccountsWhenBothAllow) {
    const auto other = [&](std::string_view action, Parameters parameters) {
        Reply reply = world.iam(world.other_root(), action, std::move(parameters));
        ASSERT_EQ(reply.summary(), "200") << action;
    };
    const std::string foreign = "arn:aws:iam::210987654321:role/audit";
    const std::string denied =
        "403 AccessDenied: User: arn:aws:iam::123456789012:user/bob is not authorized to perform: "
        "sts:AssumeRole on "
        "resource: " +
        foreign;
    other("CreateRole", {{"RoleName", "audit"}, {"AssumeRolePolicyDocument", trust(bob_arn)}});
    const Reply reply = assume(bob, {}, foreign);
    ASSERT_EQ(reply.summary(), "200");
    EXPECT_EQ(world.sts(reply.credentials(), "GetCallerIdentity").text("Account"), "210987654321");

    world.set_policy("bob", allow("s3:*"));  // Named by the role, but not allowed at home.
    EXPECT_EQ(assume(bob, {}, foreign).summary(), denied);
    world.set_policy("bob", allow("sts:AssumeRole", foreign));
    EXPECT_EQ(assume(bob, {}, foreign).summary(), "200");
    other("UpdateAssumeRolePolicy",
          {{"RoleName", "audit"}, {"PolicyDocument", trust("arn:aws:iam::210987654321:root")}});
    EXPECT_EQ(assume(bob, {}, foreign).summary(), denied);
}

TEST_F(AssumeRole, LimitsTheCallerByABoundary) {  // ?16
    make_role(trust(bob_arn));
    world.make(
        "PutUserPermissionsBoundary",
        {{"UserName", "bob"}, {"PermissionsBoundary", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}});
    EXPECT_EQ(assume(bob).summary(), not_allowed);
}

TEST_F(AssumeRole, IsNothingForRoot) {
    make_role(trust(account_root));
    EXPECT_EQ(assume(world.root()).summary(), "403 AccessDenied: Roles may not be assumed by root accounts.");
}

TEST_F(AssumeRole, ChecksTheExternalId) {
    make_role(trust(account_root, R"("sts:AssumeRole")", R"("StringEquals":{"sts:ExternalId":"e-17"})"));
    EXPECT_EQ(assume(bob).summary(), not_allowed);
    EXPECT_EQ(assume(bob, {{"ExternalId", "e-18"}}).summary(), not_allowed);
    EXPECT_EQ(assume(bob, {{"ExternalId", "e-17"}}).summary(), "200");
}

TEST_F(AssumeRole, ChecksTheSessionName) {
    make_role(trust(account_root, R"("sts:AssumeRole")",
                    R"("StringEquals":{"sts:RoleSessionName":"${aws:username}"})"));
    EXPECT_EQ(assume(bob).summary(), not_allowed);
    EXPECT_EQ(world.sts(bob, "AssumeRole", {{"RoleArn", ops_arn}, {"RoleSessionName", "bob"}}).summary(),
              "200");
}

TEST_F(AssumeRole, ChecksTheFormOfArnsAndParameters) {
    EXPECT_EQ(assume(bob, {}, "arn:aws:iam::123456789012:user/bob").summary(),
              "400 ValidationError: arn:aws:iam::123456789012:user/bob is invalid");
    EXPECT_EQ(assume(bob, {}, "not-an-arn-at-all-not-at-all").summary(),
              "400 ValidationError: not-an-arn-at-all-not-at-all is invalid");
    EXPECT_EQ(assume(bob, {{"DurationSeconds", "899"}}).code(), "ValidationError");
    EXPECT_EQ(assume(bob, {{"DurationSeconds", "900.5"}}).summary(), "400 MalformedInput: ");
    EXPECT_EQ(assume(bob, {{"ProvidedContexts.member.1.ProviderArn", "arn:aws:iam::aws:contextProvider/x"},
                           {"ProvidedContexts.member.1.ContextAssertion", "abcd"}})
                  .summary(),
              "501 NotImplemented: The parameter ProvidedContexts of AssumeRole is not implemented.");
}

// Spec 7.3, S4: the range of the schema before authorization, the limits of the role behind it.
TEST_F(AssumeRole, LimitsDurations) {
    constexpr std::string_view role_max =
        "400 ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this "
        "role.";
    make_role(trust(bob_arn));
    EXPECT_EQ(assume(bob, {{"DurationSeconds", "3601"}}).summary(), role_max);
    EXPECT_EQ(assume(eve, {{"DurationSeconds", "3601"}}).code(), "AccessDenied");
    world.make("UpdateRole", {{"RoleName", "ops"}, {"MaxSessionDuration", "7200"}});
    EXPECT_EQ(assume(bob, {{"DurationSeconds", "7200"}}).text("Expiration"), "2026-11-24T06:23:00Z");
    EXPECT_EQ(assume(bob, {{"DurationSeconds", "+0900"}}).text("Expiration"), "2026-11-24T04:38:00Z");
    EXPECT_EQ(assume(bob, {{"DurationSeconds", "7201"}}).summary(), role_max);

    make_role(trust(ops_arn), "next");  // Chaining, S7.
    world.make("UpdateRole", {{"RoleName", "next"}, {"MaxSessionDuration", "7200"}});
    const Who session = assume(bob).credentials();
    const std::string next = "arn:aws:iam::123456789012:role/team/next";
    EXPECT_EQ(assume(session, {{"DurationSeconds", "3601"}}, next).summary(),
              "400 ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles "
              "assumed "
              "by role chaining.");
    EXPECT_EQ(assume(session, {{"DurationSeconds", "7201"}}, next).summary(), role_max);
    EXPECT_EQ(assume(session, {}, next).summary(), "200");
}

TEST_F(AssumeRole, WantsTagSessionForTags) {  // Spec E6, N6.
    const Parameters tags{{"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "red"}};
    make_role(trust(bob_arn));
    EXPECT_EQ(assume(bob, tags).summary(),
              "403 AccessDenied: User: arn:aws:iam::123456789012:user/bob is not authorized to perform: "
              "sts:TagSession on resource: arn:aws:iam::123456789012:role/team/ops");
    world.make("UpdateAssumeRolePolicy",
               {{"RoleName", "ops"}, {"PolicyDocument", trust(bob_arn, all_actions)}});
    const Reply tagged = assume(bob, tags);
    ASSERT_EQ(tagged.summary(), "200");
    EXPECT_GT(std::stoi(tagged.text("PackedPolicySize")), 0);

    // They are aws:PrincipalTag of the session, and win over those of the role (S11).
    world.make("TagRole",
               {{"RoleName", "ops"}, {"Tags.member.1.Key", "Team"}, {"Tags.member.1.Value", "blue"}});
    world.make(
        "PutRolePolicy",
        {{"RoleName", "ops"},
         {"PolicyName", "p"},
         {"PolicyDocument",
          R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:ListUsers","Resource":"*",)"
          R"("Condition":{"StringEquals":{"aws:PrincipalTag/team":"red"}}}})"}});
    EXPECT_EQ(world.iam(tagged.credentials(), "ListUsers").summary(), "200");
    EXPECT_EQ(world.iam(assume(bob).credentials(), "ListUsers").code(), "AccessDenied");
}

TEST_F(AssumeRole, ChecksTagsInTheTrustPolicy) {  // Spec S11.
    make_role(trust(bob_arn, all_actions, R"("StringEquals":{"aws:RequestTag/team":"red"})"));
    EXPECT_EQ(assume(bob, {{"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "blue"}}).summary(),
              not_allowed);
    EXPECT_EQ(assume(bob, {{"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "red"}}).summary(), "200");
}

TEST_F(AssumeRole, RefusesBadTags) {  // Spec S9, and before authorization.
    EXPECT_EQ(assume(eve, {{"Tags.member.1.Key", "team"},
                           {"Tags.member.1.Value", "a"},
                           {"Tags.member.2.Key", "Team"},
                           {"Tags.member.2.Value", "b"}})
                  .summary(),
              "400 InvalidParameterValue: Duplicate tag keys found. Please note that Tag keys are case "
              "insensitive.");
    EXPECT_EQ(assume(eve, {{"Tags.member.1.Key", "team"},
                           {"Tags.member.1.Value", "a"},
                           {"TransitiveTagKeys.member.1", "other"}})
                  .summary(),
              "400 InvalidParameterValue: The specified transitive tag key must be included in the requested "
              "tags.");
    EXPECT_EQ(assume(eve, {{"Tags.member.1.Key", "aws:team"}, {"Tags.member.1.Value", "a"}}).code(),
              "InvalidParameterValue");
}

TEST_F(AssumeRole, PassesTransitiveTagsOn) {  // Spec S10.
    make_role(trust(bob_arn, all_actions));
    make_role(trust(ops_arn, all_actions), "next");
    make_role(trust("arn:aws:iam::123456789012:role/team/next", all_actions), "last");
    const std::string next = "arn:aws:iam::123456789012:role/team/next";
    const std::string last = "arn:aws:iam::123456789012:role/team/last";
    const Who first = assume(bob, {{"Tags.member.1.Key", "team"},
                                   {"Tags.member.1.Value", "red"},
                                   {"Tags.member.2.Key", "once"},
                                   {"Tags.member.2.Value", "1"},
                                   {"TransitiveTagKeys.member.1", "team"}})
                          .credentials();
    EXPECT_EQ(assume(first, {{"Tags.member.1.Key", "TEAM"}, {"Tags.member.1.Value", "blue"}}, next).summary(),
              "400 InvalidParameterValue: One of the specified transitive tag keys can't be set because it "
              "conflicts "
              "with a transitive tag key from the calling session.");
    world.make(
        "PutRolePolicy",
        {{"RoleName", "last"},
         {"PolicyName", "p"},
         {"PolicyDocument",
          R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:ListUsers","Resource":"*",)"
          R"("Condition":{"StringEquals":{"aws:PrincipalTag/team":"red"},)"
          R"("Null":{"aws:PrincipalTag/once":"true"}}}})"}});
    const Who third = assume(assume(first, {}, next).credentials(), {}, last).credentials();
    EXPECT_EQ(world.iam(third, "ListUsers").summary(), "200");
}

TEST_F(AssumeRole, KeepsTheSourceIdentityOnceSet) {  // Spec S12.
    make_role(trust(bob_arn, all_actions));
    make_role(trust(ops_arn, all_actions), "next");
    make_role(trust(ops_arn), "strict");
    const std::string next = "arn:aws:iam::123456789012:role/team/next";
    const Reply first = assume(bob, {{"SourceIdentity", "Ada"}});
    ASSERT_EQ(first.summary(), "200");
    EXPECT_EQ(first.text("AssumeRoleResult/SourceIdentity"), "Ada");
    const Reply inherited = assume(first.credentials(), {}, next);
    EXPECT_EQ(inherited.text("AssumeRoleResult/SourceIdentity"), "Ada");
    EXPECT_EQ(assume(first.credentials(), {{"SourceIdentity", "Ada"}}, next).summary(), "200");
    EXPECT_EQ(assume(first.credentials(), {{"SourceIdentity", "Bea"}}, next).summary(),
              "400 ValidationError: The source identity is already set for this assume role session");
    // Inheriting needs the permission too (E6).
    EXPECT_EQ(
        assume(first.credentials(), {}, "arn:aws:iam::123456789012:role/team/strict").summary(),
        "403 AccessDenied: User: arn:aws:sts::123456789012:assumed-role/ops/s1 is not authorized to perform: "
        "sts:SetSourceIdentity on resource: arn:aws:iam::123456789012:role/team/strict");
}

TEST_F(AssumeRole, ChecksTheSourceIdentityInTheTrustPolicy) {  // Spec S12.
    make_role(trust(bob_arn, all_actions, R"("StringEquals":{"sts:SourceIdentity":"Ada"})"));
    EXPECT_EQ(assume(bob).summary(), not_allowed);
    EXPECT_EQ(assume(bob, {{"SourceIdentity", "Bea"}}).summary(),
              "403 AccessDenied: User: arn:aws:iam::123456789012:user/bob is not authorized to perform: "
              "sts:SetSourceIdentity on resource: arn:aws:iam::123456789012:role/team/ops");
    EXPECT_EQ(assume(bob, {{"SourceIdentity", "Ada"}}).summary(), "200");
    EXPECT_EQ(
        assume(eve, {{"SourceIdentity", "Bea"}}).message(),  // S13: no value would have helped.
        "User: arn:aws:iam::123456789012:user/eve is not authorized to perform: sts:AssumeRole on resource: "
        "arn:aws:iam::123456789012:role/team/ops");
}

TEST_F(AssumeRole, LimitsSessionsByTheirPolicies) {
    make_role(trust(bob_arn));
    world.make("PutRolePolicy", {{"RoleName", "ops"}, {"PolicyName", "p"}, {"PolicyDocument", allow_all}});
    const Reply limited = assume(bob, {{"Policy", allow("iam:ListUsers")}});
    ASSERT_EQ(limited.summary(), "200");
    EXPECT_GT(std::stoi(limited.text("PackedPolicySize")), 0);
    EXPECT_EQ(world.iam(limited.credentials(), "ListUsers").summary(), "200");
    EXPECT_EQ(
        world.iam(limited.credentials(), "ListRoles").message(),
        "User: arn:aws:sts::123456789012:assumed-role/ops/s1 is not authorized to perform: iam:ListRoles on "
        "resource: arn:aws:iam::123456789012:role/ because no session policy allows the iam:ListRoles "
        "action");

    const std::string managed =
        world.make("CreatePolicy", {{"PolicyName", "Roles"}, {"PolicyDocument", allow("iam:ListRoles")}})
            .text("Policy/Arn");
    const Reply by_arn = assume(bob, {{"PolicyArns.member.1.arn", managed}});
    ASSERT_EQ(by_arn.summary(), "200");
    EXPECT_EQ(world.iam(by_arn.credentials(), "ListRoles").summary(), "200");
    EXPECT_EQ(world.iam(by_arn.credentials(), "ListUsers").code(), "AccessDenied");
    // Read again at each request (S13a).
    world.make(
        "CreatePolicyVersion",
        {{"PolicyArn", managed}, {"PolicyDocument", allow("iam:ListUsers")}, {"SetAsDefault", "true"}});
    EXPECT_EQ(world.iam(by_arn.credentials(), "ListRoles").code(), "AccessDenied");
    EXPECT_EQ(world.iam(by_arn.credentials(), "ListUsers").summary(), "200");
}

TEST_F(AssumeRole, RefusesBadSessionPolicies) {
    make_role(trust(bob_arn));
    EXPECT_EQ(assume(bob, {{"Policy", "{"}}).code(), "MalformedPolicyDocument");
    EXPECT_EQ(assume(bob, {{"Policy", trust(bob_arn)}}).code(), "MalformedPolicyDocument");
    EXPECT_EQ(assume(bob, {{"Policy", allow("s3:" + std::string(2048, 'a'))}}).code(), "ValidationError");
    EXPECT_EQ(assume(bob, {{"PolicyArns.member.1.arn", "arn:aws:iam::123456789012:policy/missing"}}).code(),
              "InvalidParameterValue");
    EXPECT_EQ(assume(bob, {{"PolicyArns.member.1.arn", "arn:aws:iam::210987654321:policy/foreign"}}).code(),
              "InvalidParameterValue");
}

// Spec S1, as AWS changed it in September 2026.
TEST_F(AssumeRole, RefusesWhatMakesTheTokenTooLarge) {
    make_role(trust(bob_arn, all_actions));
    Parameters parameters;
    unsigned state = 1;
    for (int tag = 1; tag <= 50; ++tag) {
        std::string noise;
        for (int i = 0; i < 200; ++i) {
            state = state * 1664525U + 1013904223U;
            noise += static_cast<char>('A' + (state >> 24) % 26);
        }
        const std::string member = "Tags.member." + std::to_string(tag);
        parameters.emplace_back(member + ".Key", "k" + std::to_string(tag));
        parameters.emplace_back(member + ".Value", noise);
    }
    const Reply reply = assume(bob, parameters);
    EXPECT_EQ(reply.code(), "PackedPolicyTooLarge");
    EXPECT_NE(reply.message().find("exceeds the maximum allowed size of 4096 bytes"), std::string::npos);
}

TEST_F(AssumeRole, TellsHowLargeTheTokenIsAndMakesItLarger) {
    make_role(trust(bob_arn));
    const auto bytes_of = [](const Reply& reply) { return reply.text("SessionToken").size(); };
    const Reply small = assume(bob);
    ASSERT_EQ(small.summary(), "200");
    EXPECT_EQ(small.text("SessionTokenSize"), std::to_string(bytes_of(small)));
    EXPECT_EQ(small.text("SessionTokenUtilization"), std::to_string((100 * bytes_of(small) + 4095) / 4096));

    const Reply limited = assume(bob, {{"Policy", allow("iam:*")}});
    EXPECT_GT(bytes_of(limited), bytes_of(small));
    EXPECT_EQ(limited.text("PackedPolicySize"), limited.text("SessionTokenUtilization"));

    const Reply large = assume(bob, {{"MinimumSessionTokenSize", "4096"}});
    EXPECT_EQ(bytes_of(large), 4096U);
    EXPECT_EQ(large.text("SessionTokenSize"), "4096");
    EXPECT_EQ(large.text("SessionTokenUtilization"), "100");
    EXPECT_EQ(world.sts(large.credentials(), "GetCallerIdentity").text("Arn"),
              "arn:aws:sts::123456789012:assumed-role/ops/s1");
    EXPECT_EQ(assume(bob, {{"MinimumSessionTokenSize", "4097"}}).code(), "ValidationError");
    EXPECT_EQ(assume(bob, {{"MinimumSessionTokenSize", "1"}}).text("SessionTokenSize"),
              small.text("SessionTokenSize"));
}

TEST_F(AssumeRole, RefusesMfaDevicesThatAreNotThere) {  // Spec N7.
    make_role(trust(bob_arn));
    EXPECT_EQ(assume(bob, {{"SerialNumber", "arn:aws:iam::123456789012:mfa/bob"}}).summary(),
              "403 AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and "
              "one time "
              "pass code.");
    EXPECT_EQ(assume(bob, {{"SerialNumber", "arn:aws:iam::123456789012:mfa/bob"}, {"TokenCode", "123456"}})
                  .summary(),
              "403 AccessDenied: MultiFactorAuthentication failed, unable to validate MFA code.  Please "
              "verify your "
              "MFA serial number is valid and associated with this user.");
}

TEST_F(AssumeRole, EndsSessionsWithTheirRole) {  // Spec 7.7, step 7.
    make_role(trust(bob_arn));
    const Who session = assume(bob).credentials();
    EXPECT_EQ(world.sts(session, "GetCallerIdentity").summary(), "200");
    world.make("DeleteRole", {{"RoleName", "ops"}});
    EXPECT_EQ(world.sts(session, "GetCallerIdentity").code(), "InvalidClientTokenId");
    make_role(trust(bob_arn));
    EXPECT_EQ(world.sts(session, "GetCallerIdentity").code(), "InvalidClientTokenId");
}

TEST_F(AssumeRole, TrustsTheUserNotTheName) {  // Spec P3.
    make_role(trust(bob_arn));
    world.make("DeleteAccessKey", {{"UserName", "bob"}, {"AccessKeyId", bob.access_key_id}});
    world.make("DeleteUserPolicy", {{"UserName", "bob"}, {"PolicyName", "p"}});
    world.make("DeleteUser", {{"UserName", "bob"}});
    const Who other_bob = world.make_user("bob");
    EXPECT_EQ(assume(other_bob).summary(), not_allowed);
}

}  // namespace
}  // namespace writ::api
