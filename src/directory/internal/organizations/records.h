#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/organizations/arns.h"
#include "store/records.h"

/// Rows of an organization, read by id. Whoever asks is of the organization already.
namespace writ::directory::organizations {

/// The organization that an account belongs to; nothing when it is in none.
[[nodiscard]] Result<std::optional<store::Organization>> find_organization_of(const AccountView& account,
                                                                              std::string_view account_id);
[[nodiscard]] Result<store::Organization> organization_of(const AccountView& account,
                                                          const store::OrganizationMember& member);
/// That of the account of the call. AWSOrganizationsNotInUseException when it is in none.
[[nodiscard]] Result<store::Organization> own_organization(const AccountView& account);

[[nodiscard]] inline Place place_of(const AccountView& account, const store::Organization& organization) {
    return {account.environment.partition, organization.organization_id, organization.management_account_id};
}

/// A root, a unit or an account of an organization.
struct Node {
    std::string id;
    store::PolicyTargetKind kind = store::PolicyTargetKind::root;
    std::string name;
    std::string parent_id;  ///< Empty: of the root.
};
/// Nothing when the organization has no such node.
[[nodiscard]] Result<std::optional<Node>> find_node(const AccountView& account,
                                                    const store::Organization& organization,
                                                    std::string_view id);
/// The node and everything above it, the root first.
[[nodiscard]] Result<std::vector<Node>> path_to(const AccountView& account,
                                                const store::Organization& organization, Node node);

[[nodiscard]] Result<std::optional<store::OrganizationalUnit>> find_unit(
    const AccountView& account, const store::Organization& organization, std::string_view id);
/// Nothing when the account is in another organization, or in none.
[[nodiscard]] Result<std::optional<store::OrganizationMember>> find_member(
    const AccountView& account, const store::Organization& organization, std::string_view account_id);
[[nodiscard]] Result<std::optional<store::Account>> find_account(const AccountView& account,
                                                                 std::string_view account_id);

[[nodiscard]] Result<bool> is_enabled(const AccountView& account, const store::Organization& organization,
                                      store::OrganizationPolicyType type);
[[nodiscard]] Result<std::vector<store::OrganizationPolicyType>> enabled_types(
    const AccountView& account, const store::Organization& organization);

/// Whether a service has trusted access to the organization, and whether a member administers it (spec O9).
[[nodiscard]] Result<bool> is_trusted(const AccountView& account, const store::Organization& organization,
                                      std::string_view service_principal);
[[nodiscard]] Result<bool> administers(const AccountView& account, const store::Organization& organization,
                                       std::string_view account_id, std::string_view service_principal);

/// The policies that every new node gets: full access of each enabled type (spec O4).
[[nodiscard]] Result<void> attach_full_access(AccountEdit& account, const store::Organization& organization,
                                              std::string_view node_id);
/// Everything attached to a node that goes.
[[nodiscard]] Result<void> erase_attachments(AccountEdit& account, const store::Organization& organization,
                                             std::string_view node_id);

}  // namespace writ::directory::organizations
