#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "store/records/root_access.h"

/// Centralized root access (spec B27): the management account of an organization with all features, and the
/// delegated administrator of IAM, act on the root users of its members. IAM must have trusted access.
/// OrganizationNotFoundException, AccountNotManagementOrDelegatedAdministratorException,
/// OrganizationNotInAllFeaturesModeException, ServiceAccessNotEnabledException, in this order [I].
namespace writ::directory::organizations {

/// "RootCredentialsManagement", "RootSessions".
[[nodiscard]] std::string_view name_of(store::RootAccessFeature feature) noexcept;

struct RootAccess {
    std::string organization_id;
    std::vector<store::RootAccessFeature> enabled;  ///< In the order of the enumeration.
};

[[nodiscard]] Result<RootAccess> get_root_access(const AccountView& account);
/// By the management account alone: CallerIsNotManagementAccountException. Nothing happens when it is enabled
/// already.
[[nodiscard]] Result<RootAccess> enable_root_access(AccountEdit& account, store::RootAccessFeature feature);
/// Nothing happens when it is not enabled.
[[nodiscard]] Result<RootAccess> disable_root_access(AccountEdit& account, store::RootAccessFeature feature);

}  // namespace writ::directory::organizations
