#include "directory/organizations/effective_policies.h"

#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/records.h"
#include "directory/internal/paging.h"

namespace writ::directory::organizations {
namespace {

/// `missing`: what is said of an account that the organization has not.
Error refusal_for(const AccountView& account, const store::Organization& organization,
                  std::string_view account_id, const Fault& missing) {
    const auto member = find_member(account, organization, account_id);
    if (!member) return member.error();
    return error_of(*member ? fault::no_effective_policy : missing);
}

}  // namespace

Error effective_policy_refusal(const AccountView& account, std::string_view account_id) {
    const auto organization = own_organization(account);
    if (!organization) return organization.error();
    return refusal_for(account, *organization, account_id, fault::no_target);
}

Error effective_policy_errors_refusal(const AccountView& account, std::string_view account_id,
                                      const PageRequest& page) {
    const auto organization = own_organization(account);
    if (!organization) return organization.error();
    const Listing listing{.operation = "ListEffectivePolicyValidationErrors"};
    if (const auto position = read_marker(account, listing, page); !position) return position.error();
    return refusal_for(account, *organization, account_id, fault::no_account);
}

Error invalid_effective_policies_refusal(const AccountView& account, const PageRequest& page) {
    const auto organization = own_organization(account);
    if (!organization) return organization.error();
    const Listing listing{.operation = "ListAccountsWithInvalidEffectivePolicy"};
    if (const auto position = read_marker(account, listing, page); !position) return position.error();
    return error_of(fault::no_effective_policy);
}

}  // namespace writ::directory::organizations
