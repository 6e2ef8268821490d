// Questions about effective policies of management types, which are not here.
#include "directory/organizations/effective_policies.h"

#include "directory/internal/organizations/testing.h"

namespace writ::directory::organizations {
namespace {

class EffectivePolicies : public OrganizationTest {
  protected:
    template <class Question>
    std::string refused(const Question& question) {
        const Error error = view([&](const AccountView& account) { return question(account); });
        return error.reason.empty() ? error.code : error.code + " " + error.reason;
    }
    std::string of(const std::string& id) {
        return refused([&](const AccountView& account) { return effective_policy_refusal(account, id); });
    }
    std::string errors_of(const std::string& id, const PageRequest& page = {}) {
        return refused(
            [&](const AccountView& account) { return effective_policy_errors_refusal(account, id, page); });
    }
    std::string invalid(const PageRequest& page = {}) {
        return refused(
            [&](const AccountView& account) { return invalid_effective_policies_refusal(account, page); });
    }
};

TEST_F(EffectivePolicies, ExistForNoAccount) {
    const std::string outside = "AWSOrganizationsNotInUseException";
    EXPECT_EQ(of(account_id), outside);
    EXPECT_EQ(errors_of(account_id, {.marker = "made up"}), outside);
    EXPECT_EQ(invalid({.marker = "made up"}), outside);
    make_organization();
    const std::string none = "EffectivePolicyNotFoundException";
    EXPECT_EQ(of(account_id), none);
    EXPECT_EQ(of(other_account_id), "TargetNotFoundException");
    EXPECT_EQ(errors_of(account_id), none);
    EXPECT_EQ(errors_of(other_account_id), "AccountNotFoundException");
    EXPECT_EQ(errors_of(account_id, {.marker = "made up"}), "ValidationError INVALID_NEXT_TOKEN");
    EXPECT_EQ(invalid(), none);
    EXPECT_EQ(invalid({.marker = "made up"}), "ValidationError INVALID_NEXT_TOKEN");
}

}  // namespace
}  // namespace writ::directory::organizations
