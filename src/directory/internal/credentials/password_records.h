#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "store/records.h"

namespace writ::directory {

/// Nothing: the account has set no password policy.
[[nodiscard]] Result<std::optional<store::PasswordPolicy>> find_password_policy(const AccountView& account);

[[nodiscard]] Result<std::optional<store::LoginProfile>> find_login_profile(const AccountView& account,
                                                                            std::string_view user_id);
/// NoSuchEntity 404: "Login Profile for User X cannot be found."
[[nodiscard]] Result<store::LoginProfile> login_profile_of(const AccountView& account,
                                                           const store::User& user);

/// Former passwords are kept for the longest prevention of reuse that a policy can ask for.
inline constexpr std::int64_t former_passwords_max = 24;
/// In the order in which they were set.
[[nodiscard]] Result<std::vector<store::FormerPassword>> former_passwords(const AccountView& account,
                                                                          std::string_view user_id);

}  // namespace writ::directory
