// Questions about effective policies of management types, which are not here.
#include "directory/organizations/effective_policies.h"

#include "directory/internal/organizations/testing.h"

namespace writ::directory::organizations {
namespace {

using EffectivePolicies = OrganizationTest;

TEST_F(EffectivePolicies, ExistForNoAccount) {
    const auto code = [&](auto question) {
        return view([&](const AccountView& account) {
            const Error error = question(account);
            return error.reason.empty() ? error.code : error.code + " " + error.reason;
        });
    };
    const auto of = [](const std::string& id) {
        return [id](const AccountView& account) { return effective_policy_refusal(account, id); };
    };
    const auto errors_of = [](const std::string& id, const PageRequest& page = {}) {
        return [id, page](const AccountView& account) {
            return effective_policy_errors_refusal(account, id, page);
        };
    };
    const auto invalid = [](const PageRequest& page = {}) {
        return
            [page](const AccountView& account) { return invalid_effective_policies_refusal(account, page); };
    };
    const std::string outside = "AWSOrganizationsNotInUseException";
    EXPECT_EQ(code(of(account_id)), outside);
    EXPECT_EQ(code(errors_of(account_id, {.marker = "made up"})), outside);
    EXPECT_EQ(code(invalid({.marker = "made up"})), outside);
    make_organization();
    const std::string none = "EffectivePolicyNotFoundException";
    EXPECT_EQ(code(of(account_id)), none);
    EXPECT_EQ(code(of(other_account_id)), "TargetNotFoundException");
    EXPECT_EQ(code(errors_of(account_id)), none);
    EXPECT_EQ(code(errors_of(other_account_id)), "AccountNotFoundException");
    EXPECT_EQ(code(errors_of(account_id, {.marker = "made up"})), "ValidationError INVALID_NEXT_TOKEN");
    EXPECT_EQ(code(invalid()), none);
    EXPECT_EQ(code(invalid({.marker = "made up"})), "ValidationError INVALID_NEXT_TOKEN");
}

}  // namespace
}  // namespace writ::directory::organizations
