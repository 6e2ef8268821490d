// What service control policies and resource control policies do to the very next request (spec 5.2, O3).
#include <gtest/gtest.h>

#include "api/internal/organization_for_tests.h"

namespace writ::api {
namespace {

class Enforcement : public testing::Test, public OrganizationWorld {
  protected:
    void SetUp() override {
        make_organization();
        unit_ = make_unit(root_id(), "Workloads");
        member_ = make_account("member");
        manage("MoveAccount",
               {{"AccountId", member_}, {"SourceParentId", root_id()}, {"DestinationParentId", unit_}});
        admin_ = administrator_of(member_);
    }
    [[nodiscard]] std::string list_users() { return iam(admin_, "ListUsers").summary(); }

    const std::string deny_listing_ =
        policy_of(R"({"Effect":"Deny","Action":"iam:ListUsers","Resource":"*"})");
    std::string unit_;
    std::string member_;
    Who admin_;
};

TEST_F(Enforcement, AnExplicitDenyTakesEffectAtOnceAndIsNamed) {
    EXPECT_EQ(list_users(), "200");
    const std::string policy = make_policy("deny", deny_listing_);
    EXPECT_EQ(list_users(), "200");
    attach(policy, unit_);
    EXPECT_EQ(list_users(),
              "403 AccessDenied: User: arn:aws:sts::" + member_ +
                  ":assumed-role/OrganizationAccountAccessRole/admin is not authorized to perform: "
                  "iam:ListUsers on resource: arn:aws:iam::" +
                  member_ +
                  ":user/ with an explicit deny in a service control policy: "
                  "arn:aws:organizations::" +
                  std::string(account) + ":policy/" + organization_id() + "/service_control_policy/" +
                  policy);
    manage("UpdatePolicy", {{"PolicyId", policy},
                            {"Content", policy_of(R"({"Effect":"Deny","Action":"s3:*","Resource":"*"})")}});
    EXPECT_EQ(list_users(), "200");
    manage("UpdatePolicy", {{"PolicyId", policy}, {"Content", deny_listing_}});
    EXPECT_NE(list_users(), "200");
    detach(policy, unit_);
    EXPECT_EQ(list_users(), "200");
}

TEST_F(Enforcement, EveryLevelMustAllow) {
    const std::string narrow =
        make_policy("narrow", policy_of(R"({"Effect":"Allow","Action":"iam:Get*","Resource":"*"})"));
    for (const std::string& level : {root_id(), unit_, member_}) {
        attach(narrow, level);
        EXPECT_EQ(list_users(), "200") << "the union of one level allows";
        detach("p-FullAWSAccess", level);
        EXPECT_NE(list_users().find("because no service control policy allows the iam:ListUsers action"),
                  std::string::npos)
            << level;
        attach("p-FullAWSAccess", level);
        detach(narrow, level);
    }
    EXPECT_EQ(list_users(), "200");
}

TEST_F(Enforcement, FollowsAnAccountThatMoves) {
    attach(make_policy("deny", deny_listing_), unit_);
    EXPECT_NE(list_users(), "200");
    manage("MoveAccount",
           {{"AccountId", member_}, {"SourceParentId", unit_}, {"DestinationParentId", root_id()}});
    EXPECT_EQ(list_users(), "200");
    manage("MoveAccount",
           {{"AccountId", member_}, {"SourceParentId", root_id()}, {"DestinationParentId", unit_}});
    EXPECT_NE(list_users(), "200");
}

TEST_F(Enforcement, EndsWithThePolicyType) {
    attach(make_policy("deny", deny_listing_), member_);
    EXPECT_NE(list_users(), "200");
    manage("DisablePolicyType", {{"RootId", root_id()}, {"PolicyType", "SERVICE_CONTROL_POLICY"}});
    EXPECT_EQ(list_users(), "200");
}

TEST_F(Enforcement, NeverBindsTheManagementAccount) {
    attach(make_policy("deny", deny_listing_), root_id());
    const Who user = make_user("bob", allow_all);
    EXPECT_EQ(iam(user, "ListUsers").summary(), "200");
    EXPECT_EQ(iam(root(), "ListUsers").summary(), "200");
    EXPECT_NE(list_users(), "200");
}

TEST_F(Enforcement, BindsTheRootUserOfAMember) {
    EXPECT_EQ(iam(other_root(), "ListUsers").summary(), "200");
    attach(make_policy("deny", deny_listing_), root_id());
    EXPECT_EQ(iam(other_root(), "ListUsers").summary(), "200") << "it is no member yet";
    invite_other_account();
    EXPECT_NE(iam(other_root(), "ListUsers").summary(), "200");
    manage("RemoveAccountFromOrganization", {{"AccountId", other_account}});
    EXPECT_EQ(iam(other_root(), "ListUsers").summary(), "200");
}

TEST_F(Enforcement, IdentityOfTheCallerIsAlwaysTold) {  // Spec E10.
    attach(make_policy("all", policy_of(R"({"Effect":"Deny","Action":"*","Resource":"*"})")), member_);
    EXPECT_EQ(sts(admin_, "GetCallerIdentity").summary(), "200");
    EXPECT_NE(list_users(), "200");
}

TEST_F(Enforcement, BindsWhoComesFromOutsideByResourceControlPoliciesOnly) {
    const std::string role = "arn:aws:iam::" + member_ + ":role/OrganizationAccountAccessRole";
    const Who outside = make_user("outside", allow_all);
    const auto assume = [&] {
        return sts(outside, "AssumeRole", {{"RoleArn", role}, {"RoleSessionName", "tests"}}).summary();
    };
    EXPECT_EQ(assume(), "200");
    // An SCP of the role's account says nothing about principals of other accounts (W38).
    attach(make_policy("scp", policy_of(R"({"Effect":"Deny","Action":"sts:*","Resource":"*"})")), member_);
    EXPECT_EQ(assume(), "200");
    manage("EnablePolicyType", {{"RootId", root_id()}, {"PolicyType", "RESOURCE_CONTROL_POLICY"}});
    EXPECT_EQ(assume(), "200");
    attach(
        make_policy("rcp",
                    policy_of(R"({"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*",)"
                              R"("Condition":{"StringEquals":{"aws:username":"outside"}}})"),
                    "RESOURCE_CONTROL_POLICY"),
        unit_);
    EXPECT_NE(assume(), "200");
    EXPECT_EQ(administrator_of(member_).access_key_id.substr(0, 4), "ASIA") << "the condition names another";
}

TEST_F(Enforcement, ContextKnowsTheOrganizationsOfBothSides) {
    const auto may_list_when = [&](const std::string& condition) {
        EXPECT_EQ(iam(admin_, "PutUserPolicy",
                      {{"UserName", "ada"},
                       {"PolicyName", "p"},
                       {"PolicyDocument",
                        policy_of(R"({"Effect":"Allow","Action":"iam:GetUser","Resource":"*","Condition":)" +
                                  condition + "}")}})
                      .summary(),
                  "200");
    };
    EXPECT_EQ(iam(admin_, "CreateUser", {{"UserName", "ada"}}).summary(), "200");
    const Reply key = iam(admin_, "CreateAccessKey", {{"UserName", "ada"}});
    const Who ada{key.text("AccessKeyId"), key.text("SecretAccessKey"), {}};
    const std::string path = organization_id() + "/" + root_id() + "/" + unit_ + "/";
    for (const std::string side : {"Principal", "Resource"}) {
        may_list_when(R"({"StringEquals":{"aws:)" + side + R"(OrgID":")" + organization_id() + R"("}})");
        EXPECT_EQ(iam(ada, "GetUser", {{"UserName", "ada"}}).summary(), "200") << side;
        may_list_when(R"({"ForAnyValue:StringEquals":{"aws:)" + side + R"(OrgPaths":")" + path + R"("}})");
        EXPECT_EQ(iam(ada, "GetUser", {{"UserName", "ada"}}).summary(), "200") << side;
        may_list_when(R"({"StringEquals":{"aws:)" + side + R"(OrgID":"o-other00000"}})");
        EXPECT_EQ(iam(ada, "GetUser", {{"UserName", "ada"}}).status(), 403) << side;
    }
    const Who alone =
        make_user("alone", policy_of(R"({"Effect":"Allow","Action":"iam:GetUser","Resource":"*",)"
                                     R"("Condition":{"Null":{"aws:PrincipalOrgID":"true"}}})"));
    EXPECT_EQ(iam(alone, "GetUser", {{"UserName", "alone"}}).status(), 403);
    EXPECT_EQ(iam(other_root(), "ListUsers").summary(), "200");
}

TEST_F(Enforcement, AClosedAccountIsOfNoUseToAnybody) {
    manage("CloseAccount", {{"AccountId", member_}});
    EXPECT_EQ(iam(admin_, "ListUsers").code(), "InvalidClientTokenId");
    EXPECT_EQ(sts(admin_, "GetCallerIdentity").code(), "InvalidClientTokenId");
    const Who outside = make_user("outside", allow_all);
    EXPECT_EQ(sts(outside, "AssumeRole",
                  {{"RoleArn", "arn:aws:iam::" + member_ + ":role/OrganizationAccountAccessRole"},
                   {"RoleSessionName", "tests"}})
                  .code(),
              "AccessDenied");
}

TEST_F(Enforcement, ThePolicySimulatorAsksTheSameServiceControlPolicies) {
    EXPECT_EQ(iam(admin_, "CreateUser", {{"UserName", "ada"}}).summary(), "200");
    EXPECT_EQ(iam(admin_, "PutUserPolicy",
                  {{"UserName", "ada"}, {"PolicyName", "p"}, {"PolicyDocument", allow_all}})
                  .summary(),
              "200");
    const auto simulate = [&](Parameters more = {}) {
        more.insert(more.begin(), {{"PolicySourceArn", "arn:aws:iam::" + member_ + ":user/ada"},
                                   {"ActionNames.member.1", "iam:ListUsers"}});
        return iam(admin_, "SimulatePrincipalPolicy", more);
    };
    EXPECT_EQ(simulate().text("EvalDecision"), "allowed");
    EXPECT_EQ(simulate().text("AllowedByOrganizations"), "true");
    attach(make_policy("deny", deny_listing_), unit_);
    EXPECT_EQ(simulate().text("EvalDecision"), "explicitDeny");
    EXPECT_EQ(simulate().text("AllowedByOrganizations"), "false");
    const Reply without = simulate({{"PolicyExclusionList.member.1.PolicyType", "scp"}});
    EXPECT_EQ(without.text("EvalDecision"), "allowed");
    EXPECT_FALSE(without.has("AllowedByOrganizations"));
}

}  // namespace
}  // namespace writ::api
