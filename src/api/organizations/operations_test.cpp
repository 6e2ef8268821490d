// The operations of Organizations and their rules (spec 9.1, O1 to O6).
#include <gtest/gtest.h>
#include <set>

#include "api/internal/organization_for_tests.h"

namespace writ::api {
namespace {

class Organizations : public testing::Test, public OrganizationWorld {
  protected:
    [[nodiscard]] std::string refused(std::string_view operation, const Json& parameters = Json::object()) {
        return organizations(root(), operation, parameters).summary();
    }
    [[nodiscard]] std::vector<std::string> ids(const Json& list, const std::string& member = "Id") {
        std::vector<std::string> found;
        for (const Json& item : list) found.push_back(item[member]);
        return found;
    }
};

TEST_F(Organizations, AnAccountIsInNoneOrInOne) {
    EXPECT_EQ(refused("DescribeOrganization"), "AWSOrganizationsNotInUseException");
    EXPECT_EQ(refused("ListAccounts"), "AWSOrganizationsNotInUseException");
    const Json made = manage("CreateOrganization")["Organization"];
    const std::string id = made["Id"];
    EXPECT_EQ(made["Arn"], "arn:aws:organizations::123456789012:organization/" + id);
    EXPECT_EQ(made["MasterAccountId"], account);
    EXPECT_EQ(made["MasterAccountArn"],
              "arn:aws:organizations::123456789012:account/" + id + "/123456789012");
    EXPECT_EQ(made["FeatureSet"], "ALL");
    EXPECT_EQ(manage("DescribeOrganization")["Organization"], made);
    EXPECT_EQ(refused("CreateOrganization"), "AlreadyInOrganizationException");
    EXPECT_EQ(organizations(other_root(), "DescribeOrganization").code(),
              "AWSOrganizationsNotInUseException");
    const Json root = manage("ListRoots")["Roots"][0];
    EXPECT_EQ(root["PolicyTypes"][0]["Type"], "SERVICE_CONTROL_POLICY");
    EXPECT_EQ(root["PolicyTypes"].size(), 1U);
    const Json own = manage("DescribeAccount", {{"AccountId", account}})["Account"];
    EXPECT_EQ(own["State"], "ACTIVE");
    EXPECT_EQ(own["Paths"][0], id + "/" + root["Id"].get<std::string>() + "/123456789012/");
}

TEST_F(Organizations, AnOrganizationGoesWithEverythingInItButNotWithMembers) {
    make_organization();
    make_unit(root_id(), "Unit");
    make_policy("p", policy_of(R"({"Effect":"Deny","Action":"*","Resource":"*"})"));
    manage("TagResource", {{"ResourceId", root_id()}, {"Tags", {{{"Key", "k"}, {"Value", "v"}}}}});
    invite_other_account();
    EXPECT_EQ(refused("DeleteOrganization"), "OrganizationNotEmptyException");
    manage("RemoveAccountFromOrganization", {{"AccountId", other_account}});
    manage("DeleteOrganization");
    EXPECT_EQ(refused("DescribeOrganization"), "AWSOrganizationsNotInUseException");
    make_organization();
    EXPECT_EQ(manage("ListTagsForResource", {{"ResourceId", root_id()}})["Tags"].size(), 0U);
}

TEST_F(Organizations, UnitsHaveNamesOfTheirOwnAmongSiblings) {
    make_organization();
    const std::string top = make_unit(root_id(), "Top");
    EXPECT_EQ(refused("CreateOrganizationalUnit", {{"ParentId", root_id()}, {"Name", "TOP"}}),
              "DuplicateOrganizationalUnitException");
    const std::string below = make_unit(top, "Top");
    const Json described =
        manage("DescribeOrganizationalUnit", {{"OrganizationalUnitId", below}})["OrganizationalUnit"];
    EXPECT_EQ(described["Arn"], "arn:aws:organizations::123456789012:ou/" + organization_id() + "/" + below);
    EXPECT_EQ(described["Path"], organization_id() + "/" + root_id() + "/" + top + "/" + below + "/");
    EXPECT_TRUE(below.starts_with("ou-" + root_id().substr(2) + "-")) << below;
    make_unit(root_id(), "Other");
    EXPECT_EQ(refused("UpdateOrganizationalUnit", {{"OrganizationalUnitId", top}, {"Name", "Other"}}),
              "DuplicateOrganizationalUnitException");
    EXPECT_EQ(manage("UpdateOrganizationalUnit",
                     {{"OrganizationalUnitId", top}, {"Name", "top"}})["OrganizationalUnit"]["Name"],
              "top");
    EXPECT_EQ(refused("DeleteOrganizationalUnit", {{"OrganizationalUnitId", top}}),
              "OrganizationalUnitNotEmptyException");
    manage("DeleteOrganizationalUnit", {{"OrganizationalUnitId", below}});
    manage("DeleteOrganizationalUnit", {{"OrganizationalUnitId", top}});
    EXPECT_EQ(refused("DescribeOrganizationalUnit", {{"OrganizationalUnitId", top}}),
              "OrganizationalUnitNotFoundException");
    EXPECT_EQ(refused("CreateOrganizationalUnit", {{"ParentId", top}, {"Name", "n"}}),
              "ParentNotFoundException");
}

TEST_F(Organizations, UnitsLieFiveDeep) {
    std::string parent = make_organization();
    for (int depth = 1; depth <= 5; ++depth) parent = make_unit(parent, "n");
    EXPECT_EQ(refused("CreateOrganizationalUnit", {{"ParentId", parent}, {"Name", "n"}}),
              "ConstraintViolationException OU_DEPTH_LIMIT_EXCEEDED");
}

TEST_F(Organizations, ACreatedAccountIsReal) {
    make_organization();
    const Json request = manage("CreateAccount", {{"Email", "Dev@example.com"},
                                                  {"AccountName", "Dev"},
                                                  {"RoleName", "Entrance"},
                                                  {"Tags", {{{"Key", "team"}, {"Value", "x"}}}}});
    EXPECT_EQ(request["CreateAccountStatus"]["State"], "IN_PROGRESS");
    const Json status = manage("DescribeCreateAccountStatus",
                               {{"CreateAccountRequestId", request["CreateAccountStatus"]["Id"]}});
    const std::string id = status["CreateAccountStatus"]["AccountId"];
    const Json described = manage("DescribeAccount", {{"AccountId", id}})["Account"];
    EXPECT_EQ(described["Email"], "Dev@example.com");
    EXPECT_EQ(described["Name"], "Dev");
    EXPECT_EQ(described["JoinedMethod"], "CREATED");
    EXPECT_EQ(manage("ListParents", {{"ChildId", id}})["Parents"][0]["Id"], root_id());
    EXPECT_EQ(manage("ListTagsForResource", {{"ResourceId", id}})["Tags"][0]["Value"], "x");
    const Reply session =
        sts(make_user("admin", allow_all), "AssumeRole",
            {{"RoleArn", "arn:aws:iam::" + id + ":role/Entrance"}, {"RoleSessionName", "tests"}});
    EXPECT_EQ(
        iam(session.credentials(), "ListAttachedRolePolicies", {{"RoleName", "Entrance"}}).text("PolicyName"),
        "AdministratorAccess");

    const Json second = manage("CreateAccount", {{"Email", "dev@EXAMPLE.com"}, {"AccountName", "D"}});
    const Json failed = manage("DescribeCreateAccountStatus",
                               {{"CreateAccountRequestId", second["CreateAccountStatus"]["Id"]}});
    EXPECT_EQ(failed["CreateAccountStatus"]["State"], "FAILED");
    EXPECT_EQ(failed["CreateAccountStatus"]["FailureReason"], "EMAIL_ALREADY_EXISTS");
    EXPECT_EQ(manage("ListCreateAccountStatus", {{"States", {"FAILED"}}})["CreateAccountStatuses"].size(),
              1U);
    EXPECT_EQ(manage("ListCreateAccountStatus")["CreateAccountStatuses"].size(), 2U);
    EXPECT_EQ(refused("DescribeCreateAccountStatus", {{"CreateAccountRequestId", "car-12345678"}}),
              "CreateAccountStatusNotFoundException");
    EXPECT_EQ(refused("CreateAccount",
                      {{"Email", "a@b.example"}, {"AccountName", "n"}, {"RoleName", "AWSServiceRoleForMe"}}),
              "InvalidInputException INVALID_ROLE_NAME");
}

TEST_F(Organizations, AccountsAreLimitedAndListedByPages) {
    make_organization();
    std::set<std::string> made{std::string(account)};
    for (int i = 1; i < 10; ++i) made.insert(make_account("a" + std::to_string(i)));
    EXPECT_EQ(refused("CreateAccount", {{"Email", "one@more.example"}, {"AccountName", "n"}}),
              "ConstraintViolationException ACCOUNT_NUMBER_LIMIT_EXCEEDED");
    std::set<std::string> seen;
    Json request{{"MaxResults", 4}};
    for (int page = 0; page < 3; ++page) {
        const Json answer = manage("ListAccounts", request);
        for (const std::string& id : ids(answer["Accounts"])) EXPECT_TRUE(seen.insert(id).second);
        if (page < 2) request["NextToken"] = answer["NextToken"];
        EXPECT_EQ(answer.contains("NextToken"), page < 2);
    }
    EXPECT_EQ(seen, made);
    for (const char* token : {"", "x", "AAAAAAAAAAAAAAAAAAAA"}) {
        EXPECT_EQ(refused("ListAccounts", {{"NextToken", token}}),
                  "InvalidInputException INVALID_NEXT_TOKEN");
    }
    EXPECT_EQ(refused("ListAccounts", {{"MaxResults", 21}}), "InvalidInputException MAX_VALUE_EXCEEDED");
}

TEST_F(Organizations, AccountsMoveFromWhereTheyAre) {
    make_organization();
    const std::string unit = make_unit(root_id(), "Unit");
    const std::string other = make_unit(root_id(), "Other");
    const std::string member = make_account("m");
    const auto move = [&](const std::string& who, const std::string& from, const std::string& to) {
        return refused("MoveAccount",
                       {{"AccountId", who}, {"SourceParentId", from}, {"DestinationParentId", to}});
    };
    EXPECT_EQ(move("999999999999", root_id(), unit), "AccountNotFoundException");
    EXPECT_EQ(move(member, "r-none", unit), "SourceParentNotFoundException");
    EXPECT_EQ(move(member, root_id(), unit.substr(0, 7) + "-nothere0"), "DestinationParentNotFoundException");
    EXPECT_EQ(move(member, root_id(), root_id()), "DuplicateAccountException");
    EXPECT_EQ(move(member, other, unit), "SourceParentNotFoundException");
    EXPECT_EQ(move(member, root_id(), unit), "200");
    EXPECT_EQ(ids(manage("ListAccountsForParent", {{"ParentId", unit}})["Accounts"]),
              std::vector<std::string>{member});
    EXPECT_EQ(ids(manage("ListChildren", {{"ParentId", unit}, {"ChildType", "ACCOUNT"}})["Children"]),
              std::vector<std::string>{member});
    EXPECT_EQ(
        manage("ListChildren", {{"ParentId", root_id()}, {"ChildType", "ORGANIZATIONAL_UNIT"}})["Children"]
            .size(),
        2U);
    EXPECT_EQ(refused("ListParents", {{"ChildId", root_id()}}), "InvalidInputException INVALID_PATTERN");
}

TEST_F(Organizations, AccountsCloseOnceAndLeaveWhenOldEnough) {
    make_organization();
    const std::string member = make_account("m");
    EXPECT_EQ(refused("RemoveAccountFromOrganization", {{"AccountId", member}}),
              "ConstraintViolationException WAIT_PERIOD_ACTIVE");
    EXPECT_EQ(refused("RemoveAccountFromOrganization", {{"AccountId", account}}),
              "MasterCannotLeaveOrganizationException");
    EXPECT_EQ(refused("LeaveOrganization"), "MasterCannotLeaveOrganizationException");
    EXPECT_EQ(refused("CloseAccount", {{"AccountId", account}}),
              "ConstraintViolationException CANNOT_CLOSE_MANAGEMENT_ACCOUNT");
    manage("CloseAccount", {{"AccountId", member}});
    EXPECT_EQ(refused("CloseAccount", {{"AccountId", member}}), "AccountAlreadyClosedException");
    const Json closed = manage("DescribeAccount", {{"AccountId", member}})["Account"];
    EXPECT_EQ(closed["State"], "CLOSED");
    EXPECT_EQ(closed["Status"], "SUSPENDED");
    clock().advance(std::chrono::days(5));
    manage("RemoveAccountFromOrganization", {{"AccountId", member}});
    EXPECT_EQ(refused("DescribeAccount", {{"AccountId", member}}), "AccountNotFoundException");
}

TEST_F(Organizations, PoliciesAreCheckedNamedAndCounted) {
    make_organization();
    const std::string deny = policy_of(R"({"Effect":"Deny","Action":"s3:*","Resource":"*"})");
    const auto create = [&](const std::string& name, const std::string& content,
                            const std::string& type = "SERVICE_CONTROL_POLICY") {
        return refused("CreatePolicy",
                       {{"Name", name}, {"Description", ""}, {"Content", content}, {"Type", type}});
    };
    EXPECT_EQ(create("a", deny), "200");
    EXPECT_EQ(create("a", deny), "DuplicatePolicyException");
    EXPECT_EQ(create("b", "{"), "MalformedPolicyDocumentException");
    EXPECT_EQ(create("b", policy_of(R"({"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"})")),
              "MalformedPolicyDocumentException");
    EXPECT_EQ(create("b", deny, "RESOURCE_CONTROL_POLICY"), "MalformedPolicyDocumentException");
    EXPECT_EQ(create("b", deny + std::string(10'240, ' ')),
              "ConstraintViolationException POLICY_CONTENT_LIMIT_EXCEEDED");
    EXPECT_EQ(create("b", deny + std::string(10'240 - deny.size(), ' ')), "200");
    EXPECT_EQ(create("c", deny, "TAG_POLICY"), "PolicyTypeNotAvailableForOrganizationException");
    EXPECT_EQ(create("c", deny, "NO_POLICY"), "InvalidInputException INVALID_ENUM");
    const Json all = manage("ListPolicies", {{"Filter", "SERVICE_CONTROL_POLICY"}})["Policies"];
    EXPECT_EQ(all.size(), 3U);
    EXPECT_EQ(manage("ListPolicies", {{"Filter", "TAG_POLICY"}})["Policies"].size(), 0U);
    const Json aws = manage("DescribePolicy", {{"PolicyId", "p-FullAWSAccess"}})["Policy"];
    EXPECT_EQ(aws["PolicySummary"]["Arn"],
              "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess");
    EXPECT_EQ(aws["PolicySummary"]["AwsManaged"], true);
    EXPECT_EQ(refused("UpdatePolicy", {{"PolicyId", "p-FullAWSAccess"}, {"Name", "n"}}),
              "InvalidInputException IMMUTABLE_POLICY");
    EXPECT_EQ(refused("DeletePolicy", {{"PolicyId", "p-RCPFullAWSAccess"}}),
              "InvalidInputException IMMUTABLE_POLICY");
    EXPECT_EQ(refused("DescribePolicy", {{"PolicyId", "p-12345678"}}), "PolicyNotFoundException");
}

TEST_F(Organizations, PoliciesAreListedByPagesThatBeginWithTheOneOfAws) {
    make_organization();
    const std::string deny = policy_of(R"({"Effect":"Deny","Action":"s3:*","Resource":"*"})");
    std::set<std::string> made;
    for (const char* name : {"a", "b", "c"}) made.insert(make_policy(name, deny));
    make_policy("r", policy_of(R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"})"),
                "RESOURCE_CONTROL_POLICY");
    for (const int size : {1, 2, 20}) {
        std::vector<std::string> seen;
        Json request{{"Filter", "SERVICE_CONTROL_POLICY"}, {"MaxResults", size}};
        for (int page = 0; page < 10; ++page) {
            const Json answer = manage("ListPolicies", request);
            EXPECT_LE(answer["Policies"].size(), static_cast<std::size_t>(size));
            for (const std::string& id : ids(answer["Policies"])) seen.push_back(id);
            if (!answer.contains("NextToken")) break;
            request["NextToken"] = answer["NextToken"];
        }
        ASSERT_EQ(seen.size(), 4U) << size;
        EXPECT_EQ(seen.front(), "p-FullAWSAccess");
        EXPECT_EQ(std::set(seen.begin() + 1, seen.end()), made);
    }
}

TEST_F(Organizations, UpdatingAPolicyKeepsWhatIsOmitted) {
    make_organization();
    const std::string deny = policy_of(R"({"Effect":"Deny","Action":"s3:*","Resource":"*"})");
    const std::string id = make_policy("a", deny);
    make_policy("b", deny);
    EXPECT_EQ(refused("UpdatePolicy", {{"PolicyId", id}, {"Name", "b"}}), "DuplicatePolicyException");
    EXPECT_EQ(refused("UpdatePolicy", {{"PolicyId", id}, {"Content", "no"}}),
              "MalformedPolicyDocumentException");
    const Json renamed = manage("UpdatePolicy", {{"PolicyId", id}, {"Name", "c"}, {"Description", ""}});
    EXPECT_EQ(renamed["Policy"]["PolicySummary"]["Name"], "c");
    EXPECT_EQ(renamed["Policy"]["PolicySummary"]["Description"], "d");
    EXPECT_EQ(renamed["Policy"]["Content"], deny);
}

TEST_F(Organizations, AttachmentsHaveRules) {
    make_organization();
    const std::string unit = make_unit(root_id(), "Unit");
    const std::string deny = policy_of(R"({"Effect":"Deny","Action":"s3:*","Resource":"*"})");
    const std::string id = make_policy("a", deny);
    const auto attach_to = [&](const std::string& policy, const std::string& target) {
        return refused("AttachPolicy", {{"PolicyId", policy}, {"TargetId", target}});
    };
    const auto detach_from = [&](const std::string& policy, const std::string& target) {
        return refused("DetachPolicy", {{"PolicyId", policy}, {"TargetId", target}});
    };
    EXPECT_EQ(attach_to("p-12345678", unit), "PolicyNotFoundException");
    EXPECT_EQ(attach_to(id, "999999999999"), "TargetNotFoundException");
    EXPECT_EQ(attach_to(id, unit), "200");
    EXPECT_EQ(attach_to(id, unit), "DuplicatePolicyAttachmentException");
    EXPECT_EQ(refused("DeletePolicy", {{"PolicyId", id}}), "PolicyInUseException");
    EXPECT_EQ(ids(manage("ListTargetsForPolicy", {{"PolicyId", id}})["Targets"], "TargetId"),
              std::vector<std::string>{unit});
    EXPECT_EQ(manage("ListPoliciesForTarget",
                     {{"TargetId", unit}, {"Filter", "SERVICE_CONTROL_POLICY"}})["Policies"]
                  .size(),
              2U);
    EXPECT_EQ(detach_from("p-FullAWSAccess", unit), "200");
    EXPECT_EQ(detach_from("p-FullAWSAccess", unit), "PolicyNotAttachedException");
    EXPECT_EQ(detach_from(id, unit),
              "ConstraintViolationException MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
    for (int i = 0; i < 9; ++i) EXPECT_EQ(attach_to(make_policy("n" + std::to_string(i), deny), unit), "200");
    EXPECT_EQ(attach_to(make_policy("more", deny), unit),
              "ConstraintViolationException MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
}

TEST_F(Organizations, PolicyTypesAreEnabledInTheRoot) {
    make_organization();
    const std::string unit = make_unit(root_id(), "Unit");
    const auto in_root = [&](const std::string& operation, const std::string& type,
                             const std::string& root = {}) {
        return refused(operation, {{"RootId", root.empty() ? root_id() : root}, {"PolicyType", type}});
    };
    const std::string rcp =
        make_policy("r", policy_of(R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"})"),
                    "RESOURCE_CONTROL_POLICY");
    EXPECT_EQ(refused("AttachPolicy", {{"PolicyId", rcp}, {"TargetId", unit}}),
              "PolicyTypeNotEnabledException");
    EXPECT_EQ(in_root("EnablePolicyType", "SERVICE_CONTROL_POLICY"), "PolicyTypeAlreadyEnabledException");
    EXPECT_EQ(in_root("EnablePolicyType", "RESOURCE_CONTROL_POLICY", "r-none"), "RootNotFoundException");
    EXPECT_EQ(in_root("EnablePolicyType", "RESOURCE_CONTROL_POLICY"), "200");
    EXPECT_EQ(manage("ListTargetsForPolicy", {{"PolicyId", "p-RCPFullAWSAccess"}})["Targets"].size(), 3U);
    EXPECT_EQ(refused("DetachPolicy", {{"PolicyId", "p-RCPFullAWSAccess"}, {"TargetId", unit}}),
              "InvalidInputException NON_DETACHABLE_POLICY");
    attach(rcp, unit);
    EXPECT_EQ(in_root("DisablePolicyType", "RESOURCE_CONTROL_POLICY"), "200");
    EXPECT_EQ(in_root("DisablePolicyType", "RESOURCE_CONTROL_POLICY"), "PolicyTypeNotEnabledException");
    EXPECT_EQ(manage("ListTargetsForPolicy", {{"PolicyId", rcp}})["Targets"].size(), 0U);
    EXPECT_EQ(in_root("EnablePolicyType", "TAG_POLICY"), "PolicyTypeNotAvailableForOrganizationException");
    EXPECT_EQ(in_root("DisablePolicyType", "TAG_POLICY"), "PolicyTypeNotEnabledException");
    const Json tags{{"PolicyType", "TAG_POLICY"}};
    EXPECT_EQ(refused("DescribeEffectivePolicy", tags), "EffectivePolicyNotFoundException");
    EXPECT_EQ(refused("ListAccountsWithInvalidEffectivePolicy", tags), "EffectivePolicyNotFoundException");
    EXPECT_EQ(refused("ListEffectivePolicyValidationErrors",
                      {{"AccountId", account}, {"PolicyType", "TAG_POLICY"}}),
              "EffectivePolicyNotFoundException");
    EXPECT_EQ(refused("ListEffectivePolicyValidationErrors",
                      {{"AccountId", "999999999999"}, {"PolicyType", "TAG_POLICY"}}),
              "AccountNotFoundException");
    EXPECT_EQ(refused("DescribeEffectivePolicy", {{"PolicyType", "SERVICE_CONTROL_POLICY"}}),
              "InvalidInputException INVALID_ENUM");
}

TEST_F(Organizations, TagsAreKeptWithCaseAndLimited) {
    make_organization();
    const auto tag = [&](const Json& tags) {
        return refused("TagResource", {{"ResourceId", root_id()}, {"Tags", tags}});
    };
    EXPECT_EQ(tag({{{"Key", "Team"}, {"Value", "a"}}, {{"Key", "team"}, {"Value", "b"}}}), "200");
    EXPECT_EQ(manage("ListTagsForResource", {{"ResourceId", root_id()}})["Tags"].size(), 2U);
    EXPECT_EQ(tag({{{"Key", "k"}, {"Value", "a"}}, {{"Key", "k"}, {"Value", "b"}}}),
              "InvalidInputException DUPLICATE_TAG_KEY");
    EXPECT_EQ(tag({{{"Key", "AWS:k"}, {"Value", "a"}}}),
              "InvalidInputException INVALID_SYSTEM_TAGS_PARAMETER");
    Json many = Json::array();
    for (int i = 0; i < 49; ++i) many.push_back({{"Key", "k" + std::to_string(i)}, {"Value", ""}});
    EXPECT_EQ(tag(many), "ConstraintViolationException MAX_TAG_LIMIT_EXCEEDED");
    manage("UntagResource", {{"ResourceId", root_id()}, {"TagKeys", {"Team", "absent"}}});
    EXPECT_EQ(ids(manage("ListTagsForResource", {{"ResourceId", root_id()}})["Tags"], "Key"),
              std::vector<std::string>{"team"});
    EXPECT_EQ(refused("ListTagsForResource", {{"ResourceId", "999999999999"}}), "TargetNotFoundException");
    EXPECT_EQ(refused("TagResource",
                      {{"ResourceId", "p-FullAWSAccess"}, {"Tags", {{{"Key", "k"}, {"Value", "v"}}}}}),
              "InvalidInputException TARGET_NOT_SUPPORTED");
}

TEST_F(Organizations, ConsolidatedBillingHasNoPolicies) {
    manage("CreateOrganization", {{"FeatureSet", "CONSOLIDATED_BILLING"}});
    const std::string root = manage("ListRoots")["Roots"][0]["Id"];
    EXPECT_EQ(refused("EnablePolicyType", {{"RootId", root}, {"PolicyType", "SERVICE_CONTROL_POLICY"}}),
              "PolicyTypeNotAvailableForOrganizationException");
    EXPECT_EQ(refused("EnableAWSServiceAccess", {{"ServicePrincipal", "config.amazonaws.com"}}),
              "ConstraintViolationException ORGANIZATION_NOT_IN_ALL_FEATURES_MODE");
}

}  // namespace
}  // namespace writ::api
