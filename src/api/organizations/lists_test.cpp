// Tokens and filters of the lists of Organizations (spec O6).
#include <gtest/gtest.h>

#include "api/internal/organization_for_tests.h"

namespace writ::api {
namespace {

class OrganizationLists : public testing::Test, public OrganizationWorld {
  protected:
    [[nodiscard]] std::string refused(std::string_view operation, const Json& parameters) {
        return organizations(root(), operation, parameters).summary();
    }
};

// Also lists that never have a second page, and those of types that are not here.
TEST_F(OrganizationLists, TokensThatWereNeverGivenAreRefused) {
    make_organization();
    const std::vector<std::pair<std::string, Json>> lists{
        {"ListRoots", Json::object()},
        {"ListParents", {{"ChildId", account}}},
        {"ListPolicies", {{"Filter", "TAG_POLICY"}}},
        {"ListPoliciesForTarget", {{"TargetId", account}, {"Filter", "TAG_POLICY"}}},
        {"ListHandshakesForAccount", {{"Filter", {{"ActionType", "TRANSFER_RESPONSIBILITY"}}}}},
        {"ListHandshakesForOrganization", {{"Filter", {{"ActionType", "TRANSFER_RESPONSIBILITY"}}}}},
    };
    for (const auto& [operation, parameters] : lists) {
        EXPECT_EQ(refused(operation, parameters), "200") << operation;
        Json with_token = parameters;
        with_token["NextToken"] = "x";
        EXPECT_EQ(refused(operation, with_token), "InvalidInputException INVALID_NEXT_TOKEN") << operation;
        Json of_one = parameters;
        of_one["MaxResults"] = 1;
        EXPECT_FALSE(manage(operation, of_one).contains("NextToken")) << operation;
    }
}

TEST_F(OrganizationLists, OfWhatIsNotHereNothingIsListedOutsideOfAnOrganization) {
    for (const auto& [operation, parameters] : std::vector<std::pair<std::string, Json>>{
             {"ListPolicies", {{"Filter", "TAG_POLICY"}}},
             {"ListPoliciesForTarget", {{"TargetId", account}, {"Filter", "TAG_POLICY"}}},
             {"ListHandshakesForOrganization", {{"Filter", {{"ActionType", "TRANSFER_RESPONSIBILITY"}}}}},
             {"CreatePolicy",
              {{"Name", "n"}, {"Description", ""}, {"Content", "{}"}, {"Type", "TAG_POLICY"}}},
             {"EnablePolicyType", {{"RootId", "r-abcd"}, {"PolicyType", "TAG_POLICY"}}},
             {"DescribeEffectivePolicy", {{"PolicyType", "TAG_POLICY"}}},
             {"ListAccountsWithInvalidEffectivePolicy", {{"PolicyType", "TAG_POLICY"}}},
             {"ListEffectivePolicyValidationErrors", {{"AccountId", account}, {"PolicyType", "TAG_POLICY"}}},
         }) {
        EXPECT_EQ(refused(operation, parameters), "AWSOrganizationsNotInUseException") << operation;
    }
    // Whoever is invited is in none yet.
    EXPECT_EQ(refused("ListHandshakesForAccount", {{"Filter", {{"ActionType", "TRANSFER_RESPONSIBILITY"}}}}),
              "200");
}

}  // namespace
}  // namespace writ::api
