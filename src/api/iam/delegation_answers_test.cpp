// Temporary delegation: what is told of requests. The page "DelegationRequest" and those of the operations.
#include <gtest/gtest.h>

#include "api/internal/delegation_for_tests.h"

namespace writ::api::delegation {
namespace {

TEST_F(Delegation, TellsWhatIsAsked) {
    const std::string id = make_request({{"RequestMessage", "for ada"},
                                         {"RedirectUrl", "https://partner.example.com/back?id=1"},
                                         {"OnlySendByOwner", "true"}});
    const Reply told = on(olga, "GetDelegationRequest", id);
    EXPECT_EQ(told.text("PermissionPolicy"), setup_policy);
    EXPECT_EQ(told.text("PolicyTemplateArn"), template_arn);
    EXPECT_EQ(told.texts("Parameters/member/Name"), (std::vector<std::string>{"AccountId", "userNames"}));
    EXPECT_EQ(told.texts("Parameters/member/Type"), (std::vector<std::string>{"string", "stringList"}));
    EXPECT_EQ(told.texts("Values/member"), (std::vector<std::string>{owner_account, "olga", "eve"}));
    EXPECT_EQ(told.text("Description"), "Sets the product up");
    EXPECT_EQ(told.text("RequestMessage"), "for ada");
    EXPECT_EQ(told.text("RedirectUrl"), "https://partner.example.com/back?id=1");
    EXPECT_EQ(told.text("SessionDuration"), "3600");
    EXPECT_EQ(told.text("OnlySendByOwner"), "true");
    EXPECT_EQ(told.text("RequestorId"), requestor_account);
    EXPECT_EQ(told.text("CreateDate"), "2026-11-24T04:23:00Z");
    EXPECT_EQ(told.text("ExpirationTime"), "2026-11-25T04:23:00Z");
    EXPECT_FALSE(told.has("OwnerId"));
    EXPECT_FALSE(told.has("OwnerAccountId"));
    EXPECT_FALSE(told.has("PermissionCheckStatus"));
    EXPECT_EQ(world.iam(world.other_root(), "CreateAccountAlias", {{"AccountAlias", "partner"}}).summary(),
              "200");
    EXPECT_EQ(on(olga, "GetDelegationRequest", id).text("RequestorName"), "partner");
}

TEST_F(Delegation, TellsTheRequestorHowFarItIs) {  // There are no notifications here.
    const std::string id = make_assigned();
    on(olga, "UpdateDelegationRequest", id, {{"Notes", "internal"}});
    on(admin, "AcceptDelegationRequest", id);
    const Reply told = on(world.other_root(), "GetDelegationRequest", id);
    EXPECT_EQ(told.text("State"), "ACCEPTED");
    EXPECT_EQ(told.text("OwnerAccountId"), owner_account);
    for (const char* member : {"OwnerId", "ApproverId", "Notes"}) EXPECT_FALSE(told.has(member)) << member;
}

TEST_F(Delegation, IsListedByAccountAndOwner) {
    make_request({{"OwnerAccountId", owner_account}});  // Nobody owns it.
    const std::string first = make_assigned();
    const std::string second = make_request();
    EXPECT_EQ(on(admin, "AssociateDelegationRequest", second).summary(), "200");
    std::vector<std::string> both{first, second};
    std::ranges::sort(both);
    const Reply all = world.iam(admin, "ListDelegationRequests");
    EXPECT_EQ(all.texts("DelegationRequestId"), both);
    EXPECT_EQ(all.text("isTruncated"), "false");
    EXPECT_FALSE(all.has("PermissionPolicy"));
    const Reply page = world.iam(admin, "ListDelegationRequests", {{"MaxItems", "1"}});
    EXPECT_EQ(page.text("isTruncated"), "true");
    const Reply rest = world.iam(admin, "ListDelegationRequests", {{"Marker", page.text("Marker")}});
    EXPECT_EQ(rest.texts("DelegationRequestId"), std::vector{both[1]});
    EXPECT_EQ(code(olga, "ListDelegationRequests"), "AccessDenied");
    const Reply own = world.iam(olga, "ListDelegationRequests", {{"OwnerId", olga_arn}});
    EXPECT_EQ(own.texts("DelegationRequestId"), std::vector{first});
    EXPECT_EQ(world.iam(world.other_root(), "ListDelegationRequests").texts("DelegationRequestId").size(),
              0U);
}

TEST_F(Delegation, TellsWhetherTheCallerCouldApprove) {
    const std::string id = make_request();
    const auto check = [&](const Who& who) {
        const Reply told = on(who, "GetDelegationRequest", id, {{"DelegationPermissionCheck", "true"}});
        EXPECT_EQ(told.text("PermissionCheckStatus"), "COMPLETE");
        return told.text("PermissionCheckResult");
    };
    EXPECT_EQ(check(admin), "ALLOWED");
    EXPECT_EQ(check(world.root()), "ALLOWED");
    EXPECT_EQ(check(olga), "DENIED");
    world.set_policy("eve", allow("iam:ListUsers"));
    EXPECT_EQ(check(eve), "DENIED") << "not all of it";
    world.set_policy("eve", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*",)"
                            R"("Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}})");
    EXPECT_EQ(check(eve), "UNSURE") << "under a condition";
    world.set_policy("eve", R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*",)"
                            R"("Resource":"*"},{"Effect":"Deny","Action":"iam:GetUser",)"
                            R"("Resource":"arn:aws:iam::123456789012:user/admin"}]})");
    EXPECT_EQ(check(eve), "UNSURE") << "a denial of something close";
    world.set_policy("eve", deny("iam:ListRoles"));
    EXPECT_EQ(check(eve), "DENIED");
}

TEST_F(Delegation, ReadsForPeople) {
    make_template(
        "roles",
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:CreateRole",)"
        R"("iam:PutRolePolicy","iam:ListRoles"],"Resource":"arn:aws:iam::*:role/partner/*",)"
        R"("Condition":{"ArnEquals":{"iam:PermissionsBoundary":"arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"}}},)"
        R"({"Effect":"Deny","Action":"s3:*","Resource":"*"}]})");
    const std::string id = make_request(
        {{"Permissions.PolicyTemplateArn", "arn:aws:iam::" + requestor_account + ":policy/roles"},
         {"SessionDuration", "5400"}});
    const std::string arn = "arn:aws:iam::123456789012:delegation-request/" + id;
    const Reply told = world.iam(olga, "GetHumanReadableSummary", {{"EntityArn", arn}});
    ASSERT_EQ(told.summary(), "200");
    EXPECT_EQ(told.text("SummaryState"), "AVAILABLE");
    EXPECT_EQ(told.text("Locale"), "en");
    EXPECT_EQ(told.text("SummaryContent"),
              "**For 1 hour and 30 minutes, allows**\n\n"
              "- AWS Identity and Access Management (IAM): list `ListRoles`; write `CreateRole`; permissions "
              "management `PutRolePolicy`, on `arn:aws:iam::*:role/partner/*`, if `iam:PermissionsBoundary` "
              "ArnEquals `arn:aws:iam::aws:policy/job-function/ViewOnlyAccess`\n"
              "\n**Denies**\n\n"
              "- Amazon S3: every action, on every resource\n"
              "\n**Lasts longer**\n\n"
              "- roles made or changed here may never do more than "
              "`arn:aws:iam::aws:policy/job-function/ViewOnlyAccess` allows\n");
    EXPECT_EQ(on(olga, "GetDelegationRequest", id).texts("RolePermissionRestrictionArns/member"),
              std::vector<std::string>{"arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"});
    const Reply german = world.iam(olga, "GetHumanReadableSummary", {{"EntityArn", arn}, {"Locale", "de"}});
    EXPECT_EQ(german.text("SummaryState"), "NOT_SUPPORTED");
    EXPECT_EQ(german.text("Locale"), "de");
    EXPECT_EQ(german.text("SummaryContent"), "");
    EXPECT_EQ(code(olga, "GetHumanReadableSummary", {{"EntityArn", admin_arn}}), "InvalidInput");
    EXPECT_EQ(on(admin, "AssociateDelegationRequest", id).summary(), "200");
    EXPECT_EQ(code(olga, "GetHumanReadableSummary", {{"EntityArn", arn}}), "AccessDenied");
}

TEST_F(Delegation, WarnsOfWhatOutlivesIt) {
    make_template("everything", allow_all);
    const std::string id = make_request(
        {{"Permissions.PolicyTemplateArn", "arn:aws:iam::" + requestor_account + ":policy/everything"}});
    const std::string summary =
        world
            .iam(olga, "GetHumanReadableSummary",
                 {{"EntityArn", "arn:aws:iam::123456789012:delegation-request/" + id}})
            .text("SummaryContent");
    EXPECT_EQ(summary,
              "**For 1 hour, allows**\n\n- every action of every service, on every resource\n"
              "\n**Lasts longer**\n\n"
              "- roles can be made without a permissions boundary: what they may do has no limit here\n");
}

}  // namespace
}  // namespace writ::api::delegation
