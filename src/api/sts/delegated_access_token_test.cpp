// Temporary delegation: what the credentials can do. The guide's pages "Understanding permissions" and
// "Building your integration", and the one on CloudTrail.
#include <gtest/gtest.h>

#include "api/internal/audit_for_tests.h"
#include "api/internal/delegation_for_tests.h"

namespace writ::api::delegation {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST_F(Delegation, LeadsFromARequestToCredentials) {
    const Reply made = create();
    ASSERT_EQ(made.summary(), "200");
    const std::string id = made.text("DelegationRequestId");
    EXPECT_EQ(on(olga, "GetDelegationRequest", id).text("State"), "UNASSIGNED");
    EXPECT_EQ(on(olga, "AssociateDelegationRequest", id).summary(), "200");
    EXPECT_EQ(on(olga, "GetDelegationRequest", id).text("OwnerId"), olga_arn);
    EXPECT_EQ(on(olga, "UpdateDelegationRequest", id, {{"Notes", "please"}}).summary(), "200");
    EXPECT_EQ(on(admin, "GetDelegationRequest", id).text("Notes"), "please");
    EXPECT_EQ(state_of(id), "PENDING_APPROVAL");
    EXPECT_EQ(on(olga, "AcceptDelegationRequest", id).code(), "AccessDenied") << "no default of an owner";
    EXPECT_EQ(on(admin, "AcceptDelegationRequest", id).summary(), "200");
    EXPECT_EQ(on(olga, "SendDelegationToken", id).summary(), "200");
    EXPECT_EQ(state_of(id), "FINALIZED");
    EXPECT_EQ(on(admin, "GetDelegationRequest", id).text("ApproverId"), admin_arn);

    const Reply traded = trade_in(id);
    ASSERT_EQ(traded.summary(), "200");
    EXPECT_EQ(traded.text("AssumedPrincipal"), admin_arn);
    EXPECT_FALSE(traded.has("PackedPolicySize"));
    EXPECT_EQ(traded.text("Expiration"), "2026-11-24T05:23:00Z");
    const Who delegate = traded.credentials();
    EXPECT_EQ(world.sts(delegate, "GetCallerIdentity").text("Arn"), admin_arn);
    EXPECT_EQ(code(delegate, "ListUsers"), "");
    EXPECT_EQ(code(delegate, "GetUser", {{"UserName", "eve"}}), "");
    EXPECT_EQ(code(delegate, "GetUser", {{"UserName", "admin"}}), "AccessDenied");
    EXPECT_EQ(world.iam(delegate, "ListGroups").summary(),
              "403 AccessDenied: User: " + admin_arn +
                  " is not authorized to perform: iam:ListGroups on resource: "
                  "arn:aws:iam::123456789012:group/ because no session policy allows the iam:ListGroups "
                  "action");
}

TEST_F(Delegation, NeverGivesMoreThanTheApproverHas) {
    world.set_policy("eve",
                     R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":)"
                     R"(["iam:AcceptDelegationRequest","iam:ListRoles","iam:ListGroups"],"Resource":"*"}})");
    const Who delegate = trade_in(make_finalized(eve)).credentials();
    EXPECT_EQ(code(delegate, "ListRoles"), "") << "both have it";
    EXPECT_EQ(code(delegate, "ListUsers"), "AccessDenied") << "asked for, and not eve's";
    EXPECT_EQ(code(delegate, "ListGroups"), "AccessDenied") << "eve's, and not asked for";
    world.set_policy("eve", allow_all);
    EXPECT_EQ(code(delegate, "ListUsers"), "") << "what the approver has now counts";
    world.make("DeleteAccessKey", {{"UserName", "eve"}, {"AccessKeyId", eve.access_key_id}});
    EXPECT_EQ(code(delegate, "ListUsers"), "") << "the key is not what was delegated";
    world.make("DeleteUserPolicy", {{"UserName", "eve"}, {"PolicyName", "p"}});
    world.make("DeleteUser", {{"UserName", "eve"}});
    EXPECT_EQ(code(delegate, "ListUsers"), "InvalidClientTokenId");
}

TEST_F(Delegation, KeepsTheLimitsOfTheApproversSession) {
    world.make("CreateRole",
               {{"RoleName", "ops"},
                {"AssumeRolePolicyDocument",
                 R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["sts:AssumeRole",)"
                 R"("sts:SetSourceIdentity"],"Principal":{"AWS":"123456789012"}}})"}});
    world.make("PutRolePolicy", {{"RoleName", "ops"}, {"PolicyName", "p"}, {"PolicyDocument", allow_all}});
    const Who session =
        world
            .sts(admin, "AssumeRole",
                 {{"RoleArn", "arn:aws:iam::123456789012:role/ops"},
                  {"RoleSessionName", "s1"},
                  {"SourceIdentity", "ada"},
                  {"Policy",
                   R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["iam:ListRoles",)"
                   R"("iam:ListGroups","iam:AcceptDelegationRequest"],"Resource":"*"}})"}})
            .credentials();
    const Reply traded = trade_in(make_finalized(session));
    ASSERT_EQ(traded.summary(), "200");
    EXPECT_EQ(traded.text("AssumedPrincipal"), "arn:aws:sts::123456789012:assumed-role/ops/s1");
    const Who delegate = traded.credentials();
    EXPECT_EQ(code(delegate, "ListRoles"), "") << "both policies allow it";
    EXPECT_EQ(code(delegate, "ListUsers"), "AccessDenied") << "the session of the approver could not";
    EXPECT_EQ(code(delegate, "ListGroups"), "AccessDenied") << "not asked for";
    // Revoking the sessions of the role revokes what came of them.
    world.make("PutRolePolicy",
               {{"RoleName", "ops"},
                {"PolicyName", "revoked"},
                {"PolicyDocument",
                 R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*",)"
                 R"("Condition":{"DateLessThan":{"aws:TokenIssueTime":"2026-11-24T04:23:01Z"}}}})"}});
    EXPECT_EQ(code(delegate, "ListRoles"), "AccessDenied");
}

TEST_F(Delegation, IsLimitedAlsoWhenRootApproves) {
    const Who delegate = trade_in(make_finalized(world.root(), {{"SessionDuration", "14400"}})).credentials();
    EXPECT_EQ(world.sts(delegate, "GetCallerIdentity").text("Arn"), "arn:aws:iam::123456789012:root");
    EXPECT_EQ(code(delegate, "ListUsers"), "");
    EXPECT_EQ(code(delegate, "ListGroups"), "AccessDenied");
    EXPECT_EQ(code(delegate, "CreateUser", {{"UserName", "new"}}), "AccessDenied");
    const std::string longer = make_assigned({{"SessionDuration", "14401"}});
    EXPECT_EQ(on(world.root(), "AcceptDelegationRequest", longer).code(), "ValidationError");
    EXPECT_EQ(state_of(longer), "ASSIGNED");
    EXPECT_EQ(on(admin, "AcceptDelegationRequest", longer).summary(), "200");
}

TEST_F(Delegation, GivesCredentialsToTheRequestorAlone) {
    const std::string id = make_accepted(admin);
    EXPECT_EQ(trade_in(id).summary(), "403 AccessDenied: The trade-in token is not valid.");
    EXPECT_EQ(on(olga, "SendDelegationToken", id).summary(), "200");
    EXPECT_EQ(world.sts(admin, "GetDelegatedAccessToken", {{"TradeInToken", id}}).summary(),
              "403 AccessDenied: The trade-in token is not valid.");
    EXPECT_NE(world.sts(olga, "GetDelegatedAccessToken", {{"TradeInToken", id}})
                  .message()
                  .find("is not authorized to perform: sts:GetDelegatedAccessToken"),
              std::string::npos);
    EXPECT_EQ(trade_in("no token").code(), "AccessDenied");
    EXPECT_EQ(trade_in(id).summary(), "200");
}

TEST_F(Delegation, EndsWhenItWasToEndHoweverOftenItIsTradedIn) {
    const std::string id = make_finalized(admin, {{"SessionDuration", "7200"}});
    const Who first = trade_in(id).credentials();
    world.clock().advance(minutes(100));
    const Reply late = trade_in(id);
    EXPECT_EQ(late.text("Expiration"), "2026-11-24T06:23:00Z");
    world.clock().advance(minutes(20) - seconds(1));
    EXPECT_EQ(code(first, "ListUsers"), "");
    world.clock().advance(seconds(1));
    EXPECT_EQ(code(first, "ListUsers"), "ExpiredToken");
    EXPECT_EQ(code(late.credentials(), "ListUsers"), "ExpiredToken");
    EXPECT_EQ(trade_in(id).code(), "ExpiredTradeInTokenException");
}

TEST_F(Delegation, LeavesATrailWithWhoActsInWhosePlace) {
    const std::string id = make_finalized(admin);
    const Who delegate = trade_in(id).credentials();
    EXPECT_EQ(code(delegate, "ListRoles"), "");
    const auto identity = event_of(world, "iam:ListRoles")["userIdentity"];
    EXPECT_EQ(identity["arn"], admin_arn);
    EXPECT_EQ(identity["invokedByDelegate"]["accountId"], requestor_account);
    const auto traded = event_of(world, "sts:GetDelegatedAccessToken", requestor_account);
    EXPECT_EQ(traded["requestParameters"].dump().find(id), std::string::npos);
    EXPECT_EQ(traded["responseElements"].dump().find(delegate.token), std::string::npos);
    EXPECT_FALSE(
        event_of(world, "iam:AcceptDelegationRequest")["userIdentity"].contains("invokedByDelegate"));
}

TEST_F(Delegation, CannotAskForSessionsThatSessionsCannotHave) {
    make_template("everything", allow_all);
    const Who delegate =
        trade_in(make_finalized(admin, {{"Permissions.PolicyTemplateArn",
                                         "arn:aws:iam::" + requestor_account + ":policy/everything"}}))
            .credentials();
    EXPECT_EQ(world.sts(delegate, "GetSessionToken").code(), "AccessDenied");
    EXPECT_EQ(code(delegate, "CreateUser", {{"UserName", "made-by-partner"}}), "") << "IAM is what it is for";
}

}  // namespace
}  // namespace writ::api::delegation
