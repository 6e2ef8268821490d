#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "directory/directory.h"
#include "directory/organizations/members.h"
#include "directory/pages.h"

/// Services that may look into the organization, accounts that administer them, and what the organization
/// delegates to its members by its resource-based policy (spec O7, O9).
namespace writ::directory::organizations {

/// Nothing happens when it has access already. ConstraintViolationException
/// ORGANIZATION_NOT_IN_ALL_FEATURES_MODE, InvalidInputException for what is no service principal.
[[nodiscard]] Result<void> enable_service_access(AccountEdit& account, std::string_view service_principal);
/// Nothing happens when it has none. ConstraintViolationException
/// DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE.
[[nodiscard]] Result<void> disable_service_access(AccountEdit& account, std::string_view service_principal);

struct ServiceGrant {
    std::string service_principal;
    Instant enabled_at{};
};
[[nodiscard]] Result<Page<ServiceGrant>> list_service_access(const AccountView& account,
                                                             const PageRequest& page);

/// AccountNotFoundException, AccountAlreadyRegisteredException, ConstraintViolationException.
[[nodiscard]] Result<void> register_administrator(AccountEdit& account, std::string_view account_id,
                                                  std::string_view service_principal);
/// AccountNotRegisteredException.
[[nodiscard]] Result<void> deregister_administrator(AccountEdit& account, std::string_view account_id,
                                                    std::string_view service_principal);

struct Administrator {
    Member member;
    Instant enabled_at{};  ///< Of the service asked for; the first of all without one.
};
/// Of one service, or of any when it is empty; each account once.
[[nodiscard]] Result<Page<Administrator>> list_administrators(const AccountView& account,
                                                              std::string_view service_principal,
                                                              const PageRequest& page);
/// AccountNotRegisteredException when it administers none.
[[nodiscard]] Result<Page<ServiceGrant>> list_services_of(const AccountView& account,
                                                          std::string_view account_id,
                                                          const PageRequest& page);

struct ResourcePolicy {
    std::string id;
    std::string arn;
    std::string content;
};
/// Replaces one that is there; tags are given to a new one only. InvalidInputException for what cannot be
/// delegated and for what is no policy.
[[nodiscard]] Result<ResourcePolicy> put_resource_policy(AccountEdit& account, std::string_view content,
                                                         const std::vector<Tag>& tags);
/// ResourcePolicyNotFoundException.
[[nodiscard]] Result<ResourcePolicy> get_resource_policy(const AccountView& account);
[[nodiscard]] Result<void> delete_resource_policy(AccountEdit& account);

}  // namespace writ::directory::organizations
