#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "directory/directory.h"

/// Numbers kept in step with rows that are too many to count at each call. Add in the transaction that writes
/// the rows.
namespace writ::directory {

namespace counter {
inline constexpr std::string_view users = "users";
inline constexpr std::string_view groups = "groups";
inline constexpr std::string_view roles = "roles";
inline constexpr std::string_view policies = "policies";
inline constexpr std::string_view instance_profiles = "instance profiles";
/// Users, groups and roles that a managed policy is attached to.
[[nodiscard]] std::string attachments(std::string_view policy_arn);
/// Users and roles that have the policy as permissions boundary.
[[nodiscard]] std::string boundaries(std::string_view policy_arn);
}  // namespace counter

/// 0 when nothing was counted yet.
[[nodiscard]] Result<std::int64_t> read_counter(const AccountView& account, std::string_view name);
/// Returns the new value. A counter at 0 has no row.
[[nodiscard]] Result<std::int64_t> add_to_counter(AccountEdit& account, std::string_view name,
                                                  std::int64_t change);
/// Counts one more and holds it against the quota: LimitExceeded when it is one too many.
[[nodiscard]] Result<void> count_one_more(AccountEdit& account, std::string_view name, Quota quota);
[[nodiscard]] Result<void> count_one_less(AccountEdit& account, std::string_view name);

}  // namespace writ::directory
