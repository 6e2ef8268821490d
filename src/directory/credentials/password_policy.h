#pragma once

#include <cstdint>

#include "directory/directory.h"

namespace writ::directory {

/// What an account demands of the passwords of its users (spec 8.6). The members are what holds when nothing
/// else is asked for in an update.
struct PasswordPolicy {
    std::int64_t minimum_length = 6;  ///< Characters.
    bool require_symbols = false;
    bool require_numbers = false;
    bool require_uppercase = false;
    bool require_lowercase = false;
    bool users_may_change = false;      ///< Gives every user the permissions of spec E11.
    std::int64_t age_days_max = 0;      ///< 0: passwords never expire.
    std::int64_t reuse_prevention = 0;  ///< Number of previous passwords that are refused.
    bool hard_expiry = false;           ///< Who has let his password expire cannot set a new one at sign-in.

    bool operator==(const PasswordPolicy&) const = default;
};

/// NoSuchEntity when the account has set none: then the default rule holds (spec B8).
[[nodiscard]] Result<PasswordPolicy> get_password_policy(const AccountView& account);
/// Replaces the whole policy. New passwords only are bound by it, but for the age, which counts at once.
[[nodiscard]] Result<void> update_password_policy(AccountEdit& account, const PasswordPolicy& policy);
/// Back to the default rule. NoSuchEntity when the account has set none.
[[nodiscard]] Result<void> delete_password_policy(AccountEdit& account);

}  // namespace writ::directory
