// Operations that mean nothing outside of AWS: authorized like every other, then refused.
#include "api/refusals.h"

#include <gtest/gtest.h>

#include "api/internal/organization_for_tests.h"

namespace writ::api {
namespace {

std::vector<Refusal> refusals_of_organizations() {
    std::vector<Refusal> rows(refusals().begin(), refusals().end());
    std::erase_if(rows, [](const Refusal& refusal) { return refusal.service != "organizations"; });
    return rows;
}

class Refusals : public testing::Test, public OrganizationWorld {
  protected:
    void SetUp() override { make_organization(); }

    static Json parameters_of(std::string_view operation) {
        if (operation == "CreateGovCloudAccount") {
            return {{"Email", "gov@example.com"}, {"AccountName", "gov"}};
        }
        if (operation == "InviteOrganizationToTransferResponsibility") {
            return {{"Type", "BILLING"},
                    {"Target", {{"Id", std::string(other_account)}, {"Type", "ACCOUNT"}}},
                    {"StartTimestamp", 1'800'000'000},
                    {"SourceName", "bills"}};
        }
        if (operation.starts_with("List")) return {{"Type", "BILLING"}};
        Json parameters{{"Id", "rt-12345678"}};
        if (operation == "UpdateResponsibilityTransfer") parameters["Name"] = "bills";
        return parameters;
    }
};

TEST_F(Refusals, SayWhyInAnErrorThatClientsKnow) {
    for (const Refusal& refusal : refusals_of_organizations()) {
        const JsonReply reply = organizations(root(), refusal.operation, parameters_of(refusal.operation));
        EXPECT_EQ(reply.answer.response.status, 400) << refusal.operation;
        EXPECT_EQ(reply.code(), refusal.code) << refusal.operation;
        EXPECT_EQ(reply.reason(), refusal.reason) << refusal.operation;
        EXPECT_EQ(reply.message(), refusal.message) << refusal.operation;
    }
    EXPECT_EQ(manage("ListAccounts")["Accounts"].size(), 1U);
}

TEST_F(Refusals, AreForThoseWhoMayCallTheOperation) {
    const Who nobody = make_user("nobody");
    const Who member = administrator_of(make_account("member"));
    for (const Refusal& refusal : refusals_of_organizations()) {
        const Json parameters = parameters_of(refusal.operation);
        EXPECT_EQ(organizations(nobody, refusal.operation, parameters).code(), "AccessDeniedException")
            << refusal.operation;
        EXPECT_EQ(organizations(member, refusal.operation, parameters).code(), "AccessDeniedException")
            << refusal.operation;
    }
}

}  // namespace
}  // namespace writ::api
