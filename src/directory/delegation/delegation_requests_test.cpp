// What needs no API to be seen: bounds and what is kept. The states are in api/iam/delegation_requests_test.
#include "directory/delegation/delegation_requests.h"

#include "directory/internal/delegation/delegation_records.h"
#include "directory/internal/testing_policies.h"
#include "policy/parse.h"

namespace writ::directory {
namespace {

using Parameters = std::vector<policy::TemplateParameter>;

NewDelegationRequest asking(std::string workflow_id) {
    return {.description = "d",
            .workflow_id = std::move(workflow_id),
            .template_arn = "arn:aws:iam::aws:policy/IAMSelfManageServiceSpecificCredentials",
            .session_duration = std::chrono::hours(1)};
}

class DelegationRequests : public DirectoryTest {
  protected:
    Result<DelegationRequest> create(const std::string& workflow_id) {
        return edit(
            [&](AccountEdit& account) { return create_delegation_request(account, asking(workflow_id)); });
    }
};

TEST_F(DelegationRequests, AreBoundedUntilTheyExpire) {
    const auto made = edit([](AccountEdit& account) -> Result<void> {
        for (int i = 0; i < 1000; ++i) {
            const auto one = create_delegation_request(account, asking(std::to_string(10'000 + i)));
            if (!one) return std::unexpected(one.error());
        }
        return {};
    });
    ASSERT_TRUE(made);
    expect_error(create("one more"),
                 {"LimitExceeded", 409, "Cannot exceed quota for DelegationRequestsPerAccount: 1000"});
    clock_.advance(std::chrono::days(1));
    EXPECT_TRUE(create("one more"));
}

TEST_F(DelegationRequests, NeedAWorkflowOfTheirOwnInTheirAccount) {
    EXPECT_TRUE(create("workflow"));
    expect_error(create("workflow"),
                 {"EntityAlreadyExists", 409,
                  "A delegation request with RequestorWorkflowId workflow already exists."});
    EXPECT_TRUE(
        edit([](AccountEdit& account) { return create_delegation_request(account, asking("workflow")); },
             other_account_id));
}

TEST(DelegationParameters, ComeBackAsTheyWereWritten) {
    const Parameters parameters{{.name = "a name", .values = {"one"}, .is_list = false},
                                {.name = "list", .values = {"", "two values", "3"}, .is_list = true}};
    EXPECT_EQ(read_parameters(written(parameters)), parameters);
    EXPECT_EQ(read_parameters(written({})), Parameters{});
}

std::vector<std::string> boundaries_of(const std::string& statement) {
    return demanded_boundaries(
        **policy::parse(R"({"Version":"2012-10-17","Statement":[)" + statement + "]}"));
}
bool unbounded(const std::string& statement) {
    return creates_unbounded_roles(
        **policy::parse(R"({"Version":"2012-10-17","Statement":[)" + statement + "]}"));
}

TEST(DelegatedPermissions, TellTheBoundariesThatRolesWillHave) {
    using Arns = std::vector<std::string>;
    const auto statement = [](std::string_view action, std::string_view condition) {
        return R"({"Effect":"Allow",)" + std::string(action) + R"(,"Resource":"*","Condition":{)" +
               std::string(condition) + "}}";
    };
    const std::string two = R"("StringEquals":{"iam:permissionsboundary":["arn:b1","arn:b2"]})";
    EXPECT_EQ(boundaries_of(statement(R"("Action":"iam:CreateRole")", two)), (Arns{"arn:b1", "arn:b2"}));
    EXPECT_FALSE(unbounded(statement(R"("Action":"iam:CreateRole")", two)));
    EXPECT_EQ(boundaries_of(statement(R"("Action":"iam:Put*")", two)), (Arns{"arn:b1", "arn:b2"}));
    EXPECT_EQ(boundaries_of(statement(R"("NotAction":"s3:*")", two)), (Arns{"arn:b1", "arn:b2"}));
    EXPECT_EQ(boundaries_of(statement(R"("Action":"iam:ListRoles")", two)), Arns{});
    for (const char* name : {"StringNotEquals", "StringEqualsIfExists", "ForAllValues:StringEquals"}) {
        const std::string loose = "\"" + std::string(name) + R"(":{"iam:PermissionsBoundary":"arn:b1"})";
        EXPECT_EQ(boundaries_of(statement(R"("Action":"iam:CreateRole")", loose)), Arns{}) << name;
        EXPECT_TRUE(unbounded(statement(R"("Action":"iam:CreateRole")", loose))) << name;
    }
    EXPECT_FALSE(unbounded(R"({"Effect":"Deny","Action":"*","Resource":"*"})"));
    EXPECT_TRUE(unbounded(R"({"Effect":"Allow","Action":"*","Resource":"*"})"));
}

}  // namespace
}  // namespace writ::directory
