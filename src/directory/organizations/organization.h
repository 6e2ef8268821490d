#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/organizations/arns.h"
#include "directory/pages.h"
#include "store/records/organization.h"

/// Organizations (spec 9.1): who manages accounts together. The account that makes one manages it. Functions
/// work on the organization of the account of the call; AWSOrganizationsNotInUseException when it is in none.
/// Errors have status 400 and often a `reason`.
namespace writ::directory::organizations {

struct Organization {
    std::string id;
    std::string arn;
    store::FeatureSet feature_set = store::FeatureSet::all;
    std::string management_account_id;
    std::string management_account_arn;
    std::optional<std::string> management_account_email;
};

/// With all features, SCPs are enabled in the root. AlreadyInOrganizationException.
[[nodiscard]] Result<Organization> create_organization(AccountEdit& account, store::FeatureSet feature_set);
[[nodiscard]] Result<Organization> get_organization(const AccountView& account);
/// OrganizationNotEmptyException while there are members.
[[nodiscard]] Result<void> delete_organization(AccountEdit& account);

struct Root {
    std::string id;
    std::string arn;
    std::vector<store::OrganizationPolicyType> enabled_types;
};
[[nodiscard]] Result<Root> get_root(const AccountView& account);
/// That one, as a list.
[[nodiscard]] Result<Page<Root>> list_roots(const AccountView& account, const PageRequest& page);

/// Attaches the policy that allows everything to every node. PolicyTypeAlreadyEnabledException,
/// PolicyTypeNotAvailableForOrganizationException, RootNotFoundException.
/// Cost: linear in the nodes of the organization.
[[nodiscard]] Result<Root> enable_policy_type(AccountEdit& account, std::string_view root_id,
                                              KnownPolicyType type);
/// Every attachment of the type is lost; its policies stay (spec O4). PolicyTypeNotEnabledException.
[[nodiscard]] Result<Root> disable_policy_type(AccountEdit& account, std::string_view root_id,
                                               KnownPolicyType type);

}  // namespace writ::directory::organizations
