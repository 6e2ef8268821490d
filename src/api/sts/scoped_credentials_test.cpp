// GetScopedCredentials: a session narrows itself, and what comes of it can never do more.
#include <gtest/gtest.h>

#include "api/internal/audit_for_tests.h"

namespace writ::api {
namespace {

const std::string ops_arn = "arn:aws:iam::123456789012:role/ops";
const std::string session_arn = "arn:aws:sts::123456789012:assumed-role/ops/s1";

std::string trust_of_account(std::string_view more = {}) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},)"
           R"("Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"])" +
           std::string(more) + "}}";
}

class GetScopedCredentials : public testing::Test {
  protected:
    GetScopedCredentials() {
        world.make("CreateRole", {{"RoleName", "ops"}, {"AssumeRolePolicyDocument", trust_of_account()}});
        world.make("PutRolePolicy",
                   {{"RoleName", "ops"}, {"PolicyName", "p"}, {"PolicyDocument", allow_all}});
    }
    [[nodiscard]] Reply assume(Parameters more = {}) {
        more.insert(more.end(), {{"RoleArn", ops_arn}, {"RoleSessionName", "s1"}});
        return world.sts(bob, "AssumeRole", std::move(more));
    }
    [[nodiscard]] Who session(Parameters more = {}) { return assume(std::move(more)).credentials(); }
    [[nodiscard]] Reply narrow(const Who& who, const Parameters& parameters) {
        return world.sts(who, "GetScopedCredentials", parameters);
    }
    [[nodiscard]] Reply narrow(const Who& who, const std::string& policy) {
        return narrow(who, Parameters{{"Policy", policy}});
    }
    [[nodiscard]] std::string code(const Who& who, std::string_view action, Parameters parameters = {}) {
        return world.iam(who, action, std::move(parameters)).code();
    }

    World world;
    Who bob = world.make_user("bob", allow_all);
};

TEST_F(GetScopedCredentials, KeepsTheIdentity) {
    const Who whole = session({{"SourceIdentity", "ada"}});
    const Reply made = narrow(whole, allow("iam:ListUsers"));
    ASSERT_EQ(made.summary(), "200");
    EXPECT_EQ(made.text("SessionInfo/Arn"), session_arn);
    EXPECT_TRUE(made.text("SessionInfo/ScopedSessionId").starts_with("AROA"));
    EXPECT_TRUE(made.text("SessionInfo/ScopedSessionId").ends_with(":s1"));
    EXPECT_EQ(made.text("ScopedPoliciesCount"), "1");
    EXPECT_EQ(made.text("SourceIdentity"), "ada");
    EXPECT_EQ(made.text("Expiration"), "2026-11-24T05:23:00Z");
    const Reply identity = world.sts(made.credentials(), "GetCallerIdentity");
    EXPECT_EQ(identity.text("Arn"), session_arn);
    EXPECT_EQ(identity.text("UserId"), made.text("SessionInfo/ScopedSessionId"));
    EXPECT_NE(made.credentials().access_key_id, whole.access_key_id);
}

TEST_F(GetScopedCredentials, NarrowsWhatTheSessionMayDo) {
    const Who whole = session();
    const Who scoped = narrow(whole, allow("iam:ListUsers")).credentials();
    EXPECT_EQ(code(scoped, "ListUsers"), "");
    EXPECT_EQ(
        world.iam(scoped, "ListRoles").summary(),
        "403 AccessDenied: User: " + session_arn +
            " is not authorized to perform: iam:ListRoles on resource: "
            "arn:aws:iam::123456789012:role/ because no session policy allows the iam:ListRoles action");
    EXPECT_EQ(code(whole, "ListRoles"), "") << "the calling session stays as it was";
    const Who denied = narrow(whole, deny("iam:ListRoles")).credentials();
    EXPECT_EQ(code(denied, "ListUsers"), "");
    EXPECT_NE(world.iam(denied, "ListRoles").message().find("with an explicit deny in a session policy"),
              std::string::npos);
}

TEST_F(GetScopedCredentials, NeverGrants) {
    world.make("PutRolePolicy",
               {{"RoleName", "ops"},
                {"PolicyName", "p"},
                {"PolicyDocument", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":)"
                                   R"(["iam:ListUsers","sts:*"],"Resource":"*"}})"}});
    const Who scoped = narrow(session(), allow_all).credentials();
    EXPECT_EQ(code(scoped, "ListUsers"), "");
    EXPECT_EQ(code(scoped, "ListRoles"), "AccessDenied");
}

TEST_F(GetScopedCredentials, BothPoliciesOfASessionBind) {
    const std::string users_and_sts =
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["iam:ListUsers","iam:ListRoles",)"
        R"("sts:GetScopedCredentials"],"Resource":"*"}})";
    const Who whole = session({{"Policy", users_and_sts}});
    const Who scoped =
        narrow(whole, R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["iam:ListUsers",)"
                      R"("iam:ListGroups"],"Resource":"*"}})")
            .credentials();
    EXPECT_EQ(code(scoped, "ListUsers"), "") << "both allow it";
    EXPECT_EQ(code(scoped, "ListRoles"), "AccessDenied") << "the session policy alone allows it";
    EXPECT_EQ(code(scoped, "ListGroups"), "AccessDenied") << "the scope-down policy alone allows it";
    EXPECT_EQ(code(whole, "ListRoles"), "");
}

TEST_F(GetScopedCredentials, GoesThreeLayersDeepAndEachBinds) {
    const auto but = [](std::string_view action) {
        return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":")" +
               std::string(action) + R"(","Resource":"*"}]})";
    };
    Who who = session();
    int count = 0;
    for (const char* action : {"iam:ListUsers", "iam:ListRoles", "iam:ListGroups"}) {
        const Reply made = narrow(who, but(action));
        ASSERT_EQ(made.summary(), "200") << action;
        EXPECT_EQ(made.text("ScopedPoliciesCount"), std::to_string(++count));
        who = made.credentials();
    }
    for (const char* action : {"ListUsers", "ListRoles", "ListGroups"}) {
        EXPECT_EQ(code(who, action), "AccessDenied") << action;
    }
    EXPECT_EQ(code(who, "ListInstanceProfiles"), "");
    EXPECT_EQ(narrow(who, but("iam:GetUser")).code(), "AccessDenied") << "a fourth";
    const Reply shorter = narrow(who, Parameters{{"DurationSeconds", "60"}});
    EXPECT_EQ(shorter.summary(), "200") << "without a policy of its own";
    EXPECT_EQ(shorter.text("ScopedPoliciesCount"), "3");
    EXPECT_EQ(code(shorter.credentials(), "ListUsers"), "AccessDenied");
}

TEST_F(GetScopedCredentials, ShortensTheLifeAndNeverExtendsIt) {
    const Who whole = session();
    const auto end = [&](const Who& who, const std::string& duration) {
        const Reply reply = narrow(who, Parameters{{"DurationSeconds", duration}});
        return reply.ok() ? reply.text("Expiration") : reply.code();
    };
    EXPECT_EQ(end(whole, "1"), "2026-11-24T04:23:01Z");
    EXPECT_EQ(end(whole, "3600"), "2026-11-24T05:23:00Z");
    EXPECT_EQ(end(whole, "3601"), "InsufficientSessionLifetime");
    EXPECT_EQ(end(whole, "0"), "ValidationError");
    EXPECT_EQ(end(whole, "129601"), "ValidationError");
    world.clock().advance(std::chrono::minutes(30));
    EXPECT_EQ(end(whole, "1800"), "2026-11-24T05:23:00Z");
    EXPECT_EQ(end(whole, "1801"), "InsufficientSessionLifetime");
    const Who scoped = narrow(whole, Parameters{{"DurationSeconds", "60"}}).credentials();
    EXPECT_EQ(end(scoped, "61"), "InsufficientSessionLifetime");
    world.clock().advance(std::chrono::seconds(60));
    EXPECT_EQ(world.sts(scoped, "GetCallerIdentity").code(), "ExpiredToken");
    EXPECT_EQ(world.sts(whole, "GetCallerIdentity").summary(), "200");
}

TEST_F(GetScopedCredentials, NeedsASessionThatIsNotRoots) {
    const Parameters policy{{"Policy", allow_all}};
    EXPECT_EQ(narrow(bob, policy).summary(),
              "400 InvalidSubjectCredentials: The request was rejected because the session used to call "
              "GetScopedCredentials is not a valid session.");
    EXPECT_EQ(narrow(world.root(), policy).code(), "InvalidSubjectCredentials");
    const Who of_root = world.sts(world.root(), "GetSessionToken").credentials();
    EXPECT_EQ(narrow(of_root, policy).code(), "InvalidSubjectCredentials");
}

TEST_F(GetScopedCredentials, NarrowsSessionsOfUsersAndFederatedUsers) {
    world.make("CreateRole", {{"RoleName", "other"}, {"AssumeRolePolicyDocument", trust_of_account()}});
    const Who of_user = world.sts(bob, "GetSessionToken").credentials();
    const Who scoped_user = narrow(of_user, allow("sts:AssumeRole", ops_arn)).credentials();
    EXPECT_EQ(world.sts(scoped_user, "GetCallerIdentity").text("Arn"), "arn:aws:iam::123456789012:user/bob");
    const auto assume_as = [&](const Who& who, const std::string& role) {
        return world
            .sts(who, "AssumeRole",
                 {{"RoleArn", "arn:aws:iam::123456789012:role/" + role}, {"RoleSessionName", "s2"}})
            .code();
    };
    EXPECT_EQ(assume_as(scoped_user, "ops"), "");
    EXPECT_EQ(assume_as(scoped_user, "other"), "AccessDenied");
    EXPECT_EQ(assume_as(of_user, "other"), "");
    EXPECT_EQ(world.iam(scoped_user, "ListUsers").code(), "InvalidClientTokenId") << "still no MFA";
    const Who federated =
        world.sts(bob, "GetFederationToken", {{"Name", "fed"}, {"Policy", allow_all}}).credentials();
    const Reply scoped = narrow(federated, allow("s3:*"));
    ASSERT_EQ(scoped.summary(), "200");
    EXPECT_EQ(scoped.text("SessionInfo/Arn"), "arn:aws:sts::123456789012:federated-user/fed");
    EXPECT_EQ(scoped.text("ScopedSessionId"), "123456789012:fed");
}

TEST_F(GetScopedCredentials, BindsWhereAResourcePolicyNamesTheSessionItself) {
    // A trust policy that names the session is a direct grant, which session policies do not limit
    // (spec 5.3).
    world.make("CreateRole",
               {{"RoleName", "next"},
                {"AssumeRolePolicyDocument",
                 R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":")" +
                     session_arn + R"("},"Action":"sts:AssumeRole"}})"}});
    const Parameters next{{"RoleArn", "arn:aws:iam::123456789012:role/next"}, {"RoleSessionName", "s2"}};
    const std::string narrowing = allow("sts:GetScopedCredentials");
    const Who whole = session({{"Policy", narrowing}});
    EXPECT_EQ(world.sts(whole, "AssumeRole", next).summary(), "200");
    const Who scoped = narrow(whole, narrowing).credentials();
    EXPECT_EQ(world.sts(scoped, "AssumeRole", next).code(), "AccessDenied");
}

TEST_F(GetScopedCredentials, NeedsThePermission) {
    world.make(
        "PutRolePolicy",
        {{"RoleName", "ops"}, {"PolicyName", "p"}, {"PolicyDocument", deny("sts:GetScopedCredentials")}});
    EXPECT_EQ(narrow(session(), allow_all).code(), "AccessDenied");
    world.make("PutRolePolicy", {{"RoleName", "ops"}, {"PolicyName", "p"}, {"PolicyDocument", allow_all}});
    const Who scoped = narrow(session(), allow("iam:ListUsers")).credentials();
    EXPECT_EQ(narrow(scoped, allow("iam:ListUsers")).code(), "AccessDenied") << "not in its scope";
}

TEST_F(GetScopedCredentials, ChecksWhatItIsGiven) {
    const Who whole = session();
    EXPECT_EQ(narrow(whole, Parameters{}).code(), "ValidationError");
    EXPECT_EQ(narrow(whole, std::string("{")).code(), "MalformedPolicyDocument");
    EXPECT_EQ(narrow(whole, R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*",)"
                            R"("Action":"*","Resource":"*"}})")
                  .code(),
              "MalformedPolicyDocument");
    EXPECT_EQ(narrow(whole, std::string(2049, ' ')).code(), "ValidationError");
    std::string large = R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":[)";
    for (int i = 0; i < 90; ++i)
        large += R"("x)" + std::to_string(i * 7919 % 9973) + R"(:y)" + std::to_string(i * 104729 % 99991) +
                 R"(",)";
    large += R"("a:b"],"Resource":"*"}})";
    ASSERT_LE(large.size(), 2048U);
    EXPECT_EQ(narrow(whole, large).summary(), "200");
}

TEST_F(GetScopedCredentials, MakesTokensAsLargeAsAskedFor) {
    const Who whole = session();
    const Reply large = narrow(whole, Parameters{{"Policy", allow_all}, {"MinimumSessionTokenSize", "2048"}});
    ASSERT_EQ(large.summary(), "200");
    EXPECT_EQ(large.text("SessionTokenSize"), "2048");
    EXPECT_EQ(large.text("SessionTokenUtilization"), "50");
    EXPECT_FALSE(large.has("PackedPolicySize"));
    EXPECT_EQ(world.sts(large.credentials(), "GetCallerIdentity").text("Arn"), session_arn);
    // The size was of that token alone.
    const Reply next = narrow(large.credentials(), Parameters{{"DurationSeconds", "900"}});
    ASSERT_EQ(next.summary(), "200");
    EXPECT_LT(next.text("SessionToken").size(), 2048U);
}

TEST_F(GetScopedCredentials, IsRevokedWithItsSession) {
    const Who whole = session();
    world.clock().advance(std::chrono::minutes(5));
    const Who scoped = narrow(whole, allow_all).credentials();
    world.make("PutRolePolicy",
               {{"RoleName", "ops"},
                {"PolicyName", "revoked"},
                {"PolicyDocument",
                 R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*",)"
                 R"("Condition":{"DateLessThan":{"aws:TokenIssueTime":"2026-11-24T04:25:00Z"}}}})"}});
    EXPECT_EQ(code(whole, "ListUsers"), "AccessDenied");
    EXPECT_EQ(code(scoped, "ListUsers"), "AccessDenied");
    world.make("DeleteRolePolicy", {{"RoleName", "ops"}, {"PolicyName", "revoked"}});
    EXPECT_EQ(code(scoped, "ListUsers"), "");
    world.make("DeleteRolePolicy", {{"RoleName", "ops"}, {"PolicyName", "p"}});
    world.make("DeleteRole", {{"RoleName", "ops"}});
    EXPECT_EQ(world.sts(scoped, "GetCallerIdentity").code(), "InvalidClientTokenId");
}

TEST_F(GetScopedCredentials, DescriptionsAreForTheAuditTrail) {
    const Who whole = session();
    const Reply made = narrow(whole, Parameters{{"Policy", allow("iam:ListUsers")},
                                                {"ScopedSessionDescription", "sorts the October reports"}});
    ASSERT_EQ(made.summary(), "200");
    const nlohmann::json event = event_of(world, "sts:GetScopedCredentials");
    EXPECT_EQ(event["requestParameters"]["scopedSessionDescription"], "sorts the October reports");
    EXPECT_EQ(event["userIdentity"]["arn"], session_arn);
    EXPECT_EQ(
        narrow(whole, Parameters{{"Policy", allow_all}, {"ScopedSessionDescription", std::string(257, 'x')}})
            .code(),
        "ValidationError");
}

TEST_F(GetScopedCredentials, KeepsSessionTags) {
    const Who whole = session({{"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "blue"}});
    const Who scoped =
        narrow(whole, R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*",)"
                      R"("Condition":{"StringEquals":{"aws:PrincipalTag/team":"blue"}}}})")
            .credentials();
    EXPECT_EQ(code(scoped, "ListUsers"), "");
    const Who untagged =
        narrow(session(), R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*",)"
                          R"("Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"blue"}}}})")
            .credentials();
    EXPECT_EQ(code(untagged, "ListUsers"), "AccessDenied");
}

}  // namespace
}  // namespace writ::api
