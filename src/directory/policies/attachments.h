#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "directory/directory.h"
#include "directory/pages.h"

namespace writ::directory {

enum class OwnerKind : std::uint8_t { user, group, role };

/// Who carries policies: a user, group or role by name.
struct PolicyOwner {
    OwnerKind kind = OwnerKind::user;
    std::string_view name{};
};

struct AttachedPolicy {
    std::string name;
    std::string arn;
};

/// A user, group or role that a managed policy is attached to.
struct PolicyEntity {
    OwnerKind kind = OwnerKind::user;
    std::string id;
    std::string name;
};

struct EntityFilter {
    std::optional<OwnerKind> kind{};
    std::string path_prefix = "/";
    /// True: as boundary; false: as permissions policy; nothing: both (spec 8.4).
    std::optional<bool> used_as_boundary{};
};

/// No error when it is attached already (spec B22).
[[nodiscard]] Result<void> attach_policy(AccountEdit& account, const PolicyOwner& owner,
                                         std::string_view policy_arn);
/// NoSuchEntity when it is not attached.
[[nodiscard]] Result<void> detach_policy(AccountEdit& account, const PolicyOwner& owner,
                                         std::string_view policy_arn);
[[nodiscard]] Result<Page<AttachedPolicy>> list_attached_policies(const AccountView& account,
                                                                  const PolicyOwner& owner,
                                                                  std::string_view path_prefix,
                                                                  const PageRequest& page);
/// Groups first, then roles, then users, each by name. An entity that uses the policy in both ways appears
/// once.
[[nodiscard]] Result<Page<PolicyEntity>> list_entities_for_policy(const AccountView& account,
                                                                  std::string_view policy_arn,
                                                                  const EntityFilter& filter,
                                                                  const PageRequest& page);

/// Users and roles only. Replaces a boundary that is set.
[[nodiscard]] Result<void> put_permissions_boundary(AccountEdit& account, const PolicyOwner& owner,
                                                    std::string_view policy_arn);
/// NoSuchEntity when none is set (spec B22).
[[nodiscard]] Result<void> delete_permissions_boundary(AccountEdit& account, const PolicyOwner& owner);

}  // namespace writ::directory
