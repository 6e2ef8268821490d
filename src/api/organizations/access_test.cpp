// Who may call what (spec O7): the management account, delegates, members, and others.
#include <gtest/gtest.h>

#include "api/internal/organization_for_tests.h"

namespace writ::api {
namespace {

constexpr std::string_view closed = "You don't have permissions to access this resource.";

class OrganizationAccess : public testing::Test, public OrganizationWorld {
  protected:
    void SetUp() override {
        make_organization();
        member_ = make_account("member");
        admin_ = administrator_of(member_);
    }
    [[nodiscard]] JsonReply as_member(std::string_view operation, const Json& parameters = Json::object()) {
        return organizations(admin_, operation, parameters);
    }
    void delegate(const std::string& statement) {
        manage("PutResourcePolicy", {{"Content", policy_of(statement)}});
    }
    [[nodiscard]] std::string principal() const {
        return R"("Principal":{"AWS":"arn:aws:iam::)" + member_ + R"(:root"},)";
    }

    std::string member_;
    Who admin_;
};

TEST_F(OrganizationAccess, MembersSeeTheOrganizationAndNoMore) {
    EXPECT_EQ(as_member("DescribeOrganization").body["Organization"]["Id"], organization_id());
    for (const char* operation :
         {"ListAccounts", "ListRoots", "DescribeResourcePolicy", "DeleteOrganization"}) {
        const JsonReply reply = as_member(operation);
        EXPECT_EQ(reply.answer.response.status, 400) << operation;
        EXPECT_EQ(reply.code(), "AccessDeniedException") << operation;
        EXPECT_EQ(reply.message(), closed) << operation;
    }
    EXPECT_EQ(as_member("DescribeAccount", {{"AccountId", member_}}).message(), closed);
    EXPECT_EQ(as_member("CloseAccount", {{"AccountId", member_}}).message(), closed);
}

TEST_F(OrganizationAccess, EverybodyNeedsPermissionsOfHisOwn) {
    const Who nobody = make_user("nobody");
    const JsonReply reply = organizations(nobody, "ListAccounts");
    EXPECT_EQ(reply.code(), "AccessDeniedException");
    EXPECT_EQ(reply.message(),
              "User: arn:aws:iam::123456789012:user/nobody is not authorized to perform: "
              "organizations:ListAccounts because no identity-based policy allows the "
              "organizations:ListAccounts action");
}

TEST_F(OrganizationAccess, PoliciesNameTheResourceAndItsTags) {
    const std::string arn =
        "arn:aws:organizations::123456789012:account/" + organization_id() + "/" + member_;
    const Who one = make_user("one", allow("organizations:DescribeAccount", arn));
    EXPECT_TRUE(organizations(one, "DescribeAccount", {{"AccountId", member_}}).ok());
    EXPECT_FALSE(organizations(one, "DescribeAccount", {{"AccountId", account}}).ok());
    const Who tagged = make_user(
        "tagged", policy_of(R"({"Effect":"Allow","Action":"organizations:DescribeAccount","Resource":"*",)"
                            R"("Condition":{"StringEquals":{"aws:ResourceTag/team":"blue"}}})"));
    EXPECT_FALSE(organizations(tagged, "DescribeAccount", {{"AccountId", member_}}).ok());
    manage("TagResource", {{"ResourceId", member_}, {"Tags", {{{"Key", "team"}, {"Value", "blue"}}}}});
    EXPECT_TRUE(organizations(tagged, "DescribeAccount", {{"AccountId", member_}}).ok());
}

TEST_F(OrganizationAccess, AttachingNeedsThePolicyAndTheTarget) {
    const std::string unit = make_unit(root_id(), "Unit");
    const std::string policy =
        make_policy("p", policy_of(R"({"Effect":"Deny","Action":"s3:*","Resource":"*"})"));
    const std::string base = "arn:aws:organizations::123456789012:";
    const std::string on_unit = base + "ou/" + organization_id() + "/" + unit;
    const std::string on_policy = base + "policy/" + organization_id() + "/service_control_policy/" + policy;
    const auto attach_with = [&](const std::string& name, const std::string& resources) {
        const Who user = make_user(
            name,
            policy_of(R"({"Effect":"Allow","Action":"organizations:AttachPolicy","Resource":[)" + resources +
                      R"(],"Condition":{"StringEquals":{"organizations:PolicyType":)"
                      R"("SERVICE_CONTROL_POLICY"}}})"));
        return organizations(user, "AttachPolicy", {{"PolicyId", policy}, {"TargetId", unit}}).summary();
    };
    EXPECT_EQ(attach_with("a", "\"" + on_policy + "\""), "AccessDeniedException");
    EXPECT_EQ(attach_with("b", "\"" + on_unit + "\""), "AccessDeniedException");
    EXPECT_EQ(attach_with("c", "\"" + on_unit + "\",\"" + on_policy + "\""), "200");
}

TEST_F(OrganizationAccess, TagsOnCreationAreAPermissionOfTheirOwn) {
    const Who creator = make_user("creator", allow("organizations:CreateOrganizationalUnit"));
    const Json plain{{"ParentId", root_id()}, {"Name", "a"}};
    EXPECT_TRUE(organizations(creator, "CreateOrganizationalUnit", plain).ok());
    const Json tagged{{"ParentId", root_id()}, {"Name", "b"}, {"Tags", {{{"Key", "k"}, {"Value", "v"}}}}};
    const JsonReply reply = organizations(creator, "CreateOrganizationalUnit", tagged);
    EXPECT_NE(reply.message().find("organizations:TagResource"), std::string::npos) << reply.message();
}

TEST_F(OrganizationAccess, TagsOfANewResourcePolicyArePermittedApart) {
    const Json tagged{{"Content", policy_of(R"({"Effect":"Allow",)" + principal() +
                                            R"("Action":"organizations:ListRoots","Resource":"*"})")},
                      {"Tags", {{{"Key", "k"}, {"Value", "v"}}}}};
    const Who writer = make_user("writer", allow("organizations:PutResourcePolicy"));
    const JsonReply reply = organizations(writer, "PutResourcePolicy", tagged);
    EXPECT_EQ(reply.code(), "AccessDeniedException");
    EXPECT_NE(reply.message().find("organizations:TagResource"), std::string::npos) << reply.message();
    EXPECT_EQ(organizations(root(), "DescribeResourcePolicy").code(), "ResourcePolicyNotFoundException");
    const std::string any = "arn:aws:organizations::123456789012:resourcepolicy/" + organization_id() + "/*";
    const Who tagger =
        make_user("tagger", policy_of(R"({"Effect":"Allow","Action":["organizations:PutResourcePolicy",)"
                                      R"("organizations:TagResource"],"Resource":")" +
                                      any + R"(","Condition":{"StringEquals":{"aws:RequestTag/k":"v"}}})"));
    EXPECT_EQ(organizations(tagger, "PutResourcePolicy", tagged).summary(), "200");
}

TEST_F(OrganizationAccess, DelegatedAdministratorsReadOnly) {
    const Json registration{{"AccountId", member_}, {"ServicePrincipal", "config.amazonaws.com"}};
    EXPECT_EQ(organizations(root(), "RegisterDelegatedAdministrator", registration).summary(),
              "ConstraintViolationException SERVICE_ACCESS_NOT_ENABLED");
    manage("EnableAWSServiceAccess", {{"ServicePrincipal", "config.amazonaws.com"}});
    manage("RegisterDelegatedAdministrator", registration);
    EXPECT_EQ(organizations(root(), "RegisterDelegatedAdministrator", registration).summary(),
              "AccountAlreadyRegisteredException");
    EXPECT_EQ(organizations(root(), "RegisterDelegatedAdministrator",
                            {{"AccountId", account}, {"ServicePrincipal", "config.amazonaws.com"}})
                  .summary(),
              "ConstraintViolationException CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR");
    EXPECT_EQ(as_member("ListAccounts").body["Accounts"].size(), 2U);
    EXPECT_EQ(as_member("ListDelegatedAdministrators").body["DelegatedAdministrators"][0]["Id"], member_);
    EXPECT_EQ(as_member("ListDelegatedServicesForAccount", {{"AccountId", member_}})
                  .body["DelegatedServices"][0]["ServicePrincipal"],
              "config.amazonaws.com");
    EXPECT_EQ(as_member("CreateOrganizationalUnit", {{"ParentId", root_id()}, {"Name", "n"}}).message(),
              closed);
    EXPECT_EQ(organizations(root(), "DisableAWSServiceAccess", {{"ServicePrincipal", "config.amazonaws.com"}})
                  .summary(),
              "ConstraintViolationException DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE");
    clock().advance(std::chrono::days(5));
    EXPECT_EQ(organizations(root(), "RemoveAccountFromOrganization", {{"AccountId", member_}}).summary(),
              "ConstraintViolationException CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG");
    manage("DeregisterDelegatedAdministrator", registration);
    EXPECT_EQ(organizations(root(), "DeregisterDelegatedAdministrator", registration).summary(),
              "AccountNotRegisteredException");
    EXPECT_EQ(organizations(administrator_of(member_), "ListAccounts").message(), closed);
}

TEST_F(OrganizationAccess, TheResourcePolicyLetsMembersInAndItsDenialsWin) {
    delegate(R"({"Effect":"Allow",)" + principal() +
             R"("Action":["organizations:ListAccounts","organizations:CreatePolicy"],"Resource":"*"})");
    EXPECT_TRUE(as_member("ListAccounts").ok());
    EXPECT_EQ(as_member("ListRoots").message(), closed);
    const Json policy{{"Name", "n"},
                      {"Description", ""},
                      {"Type", "SERVICE_CONTROL_POLICY"},
                      {"Content", policy_of(R"({"Effect":"Deny","Action":"s3:*","Resource":"*"})")}};
    EXPECT_EQ(as_member("CreatePolicy", policy).summary(), "200");
    delegate(
        R"({"Effect":"Deny",)" + principal() +
        R"("Action":["organizations:ListAccounts","organizations:DescribeOrganization"],"Resource":"*"})");
    EXPECT_NE(
        as_member("DescribeOrganization").message().find("with an explicit deny in a resource-based policy"),
        std::string::npos);
    manage("EnableAWSServiceAccess", {{"ServicePrincipal", "config.amazonaws.com"}});
    manage("RegisterDelegatedAdministrator",
           {{"AccountId", member_}, {"ServicePrincipal", "config.amazonaws.com"}});
    EXPECT_TRUE(as_member("ListRoots").ok());
    EXPECT_FALSE(as_member("ListAccounts").ok());
    EXPECT_TRUE(organizations(root(), "ListAccounts").ok());
    manage("DeleteResourcePolicy");
    EXPECT_TRUE(as_member("ListAccounts").ok());
    EXPECT_EQ(organizations(root(), "DescribeResourcePolicy").code(), "ResourcePolicyNotFoundException");
}

TEST_F(OrganizationAccess, AMemberNeedsItsOwnPermissionBesidesTheResourcePolicy) {
    EXPECT_EQ(iam(admin_, "CreateUser", {{"UserName", "ada"}}).summary(), "200");
    const Reply key = iam(admin_, "CreateAccessKey", {{"UserName", "ada"}});
    const Who ada{key.text("AccessKeyId"), key.text("SecretAccessKey"), {}};
    delegate(R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::)" + member_ +
             R"(:user/ada"},"Action":"organizations:ListAccounts","Resource":"*"})");
    EXPECT_EQ(organizations(ada, "ListAccounts").code(), "AccessDeniedException");
    EXPECT_EQ(iam(admin_, "PutUserPolicy",
                  {{"UserName", "ada"}, {"PolicyName", "p"}, {"PolicyDocument", allow_all}})
                  .summary(),
              "200");
    EXPECT_TRUE(organizations(ada, "ListAccounts").ok());
}

TEST_F(OrganizationAccess, ResourcePoliciesDelegateOnlyWhatCanBe) {
    const auto put = [&](const std::string& statement) {
        return organizations(root(), "PutResourcePolicy", {{"Content", policy_of(statement)}}).summary();
    };
    EXPECT_EQ(put(R"({"Effect":"Allow",)" + principal() +
                  R"("Action":"organizations:CreateAccount","Resource":"*"})"),
              "InvalidInputException UNSUPPORTED_ACTION_IN_RESOURCE_POLICY");
    EXPECT_EQ(put(R"({"Effect":"Allow",)" + principal() + R"("Action":"organizations:*","Resource":"*"})"),
              "InvalidInputException UNSUPPORTED_ACTION_IN_RESOURCE_POLICY");
    EXPECT_EQ(put(R"({"Effect":"Allow",)" + principal() +
                  R"("NotAction":"organizations:ListRoots","Resource":"*"})"),
              "InvalidInputException INVALID_RESOURCE_POLICY_JSON");
    EXPECT_EQ(put(R"({"Effect":"Allow","Action":"organizations:ListRoots","Resource":"*"})"),
              "InvalidInputException INVALID_RESOURCE_POLICY_JSON");
}

// Who was recognised as an account of its own must not act as if it managed the organization it joins
// meanwhile.
TEST_F(OrganizationAccess, JoiningDuringACallGivesNothing) {
    const std::string policy =
        make_policy("p", policy_of(R"({"Effect":"Deny","Action":"s3:*","Resource":"*"})"));
    store().before_write = [this] { invite_other_account(); };
    EXPECT_EQ(organizations(other_root(), "DeletePolicy", {{"PolicyId", policy}}).code(),
              "ConcurrentModificationException");
    EXPECT_EQ(organizations(other_root(), "DeletePolicy", {{"PolicyId", policy}}).message(), closed);
    EXPECT_EQ(manage("DescribePolicy", {{"PolicyId", policy}})["Policy"]["PolicySummary"]["Name"], "p");
}

TEST_F(OrganizationAccess, AnAccountOutsideIsToldSo) {
    const Who other = other_root();
    for (const char* operation : {"DescribeOrganization", "ListAccounts", "LeaveOrganization"}) {
        EXPECT_EQ(organizations(other, operation).code(), "AWSOrganizationsNotInUseException") << operation;
    }
    EXPECT_EQ(organizations(other, "DescribeAccount", {{"AccountId", member_}}).code(),
              "AWSOrganizationsNotInUseException");
}

}  // namespace
}  // namespace writ::api
