#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// The password policy of an account (spec 8.6). Changes of it are changes of the account: whether users may
/// change their own password is a permission (spec E11).
struct PasswordPolicy {
    std::string account_id;
    std::int64_t minimum_length = 6;
    bool require_symbols = false;
    bool require_numbers = false;
    bool require_uppercase = false;
    bool require_lowercase = false;
    bool users_may_change = false;
    std::int64_t age_days_max = 0;      ///< 0: passwords never expire.
    std::int64_t reuse_prevention = 0;  ///< Number of earlier passwords that are refused.
    bool hard_expiry = false;

    static constexpr std::string_view table = "password_policies";
    static constexpr Index by_account{"password_policies_by_account", true, {"account_id"}};
    static constexpr auto indexes() { return std::array{&by_account}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &PasswordPolicy::account_id},
                       Column{"minimum_length", &PasswordPolicy::minimum_length},
                       Column{"require_symbols", &PasswordPolicy::require_symbols},
                       Column{"require_numbers", &PasswordPolicy::require_numbers},
                       Column{"require_uppercase", &PasswordPolicy::require_uppercase},
                       Column{"require_lowercase", &PasswordPolicy::require_lowercase},
                       Column{"users_may_change", &PasswordPolicy::users_may_change},
                       Column{"age_days_max", &PasswordPolicy::age_days_max},
                       Column{"reuse_prevention", &PasswordPolicy::reuse_prevention},
                       Column{"hard_expiry", &PasswordPolicy::hard_expiry}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::account, account_id, account_id}; }
};

/// The password of a user.
struct LoginProfile {
    std::string account_id;
    std::string user_id;
    std::string password_hash;  ///< Argon2id with its parameters and salt.
    bool reset_required = false;
    std::optional<std::int64_t> session_s_max;  ///< MaxSigninSessionDuration.
    Instant created_at{};
    Instant changed_at{};               ///< When the password was set.
    std::int64_t passwords_before = 0;  ///< Number of passwords that this profile had before.

    static constexpr std::string_view table = "login_profiles";
    static constexpr Index by_user{"login_profiles_by_user", true, {"account_id", "user_id"}};
    static constexpr auto indexes() { return std::array{&by_user}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &LoginProfile::account_id},
                       Column{"user_id", &LoginProfile::user_id},
                       Column{"password_hash", &LoginProfile::password_hash},
                       Column{"reset_required", &LoginProfile::reset_required},
                       Column{"session_s_max", &LoginProfile::session_s_max},
                       Column{"created_at", &LoginProfile::created_at},
                       Column{"changed_at", &LoginProfile::changed_at},
                       Column{"passwords_before", &LoginProfile::passwords_before}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

/// A password that a user had before (spec B10).
struct FormerPassword {
    std::string account_id;
    std::string user_id;
    std::int64_t number = 0;  ///< Counts the passwords of the profile from 1.
    std::string password_hash;

    static constexpr std::string_view table = "former_passwords";
    static constexpr Index by_number{"former_passwords_by_number", true, {"account_id", "user_id", "number"}};
    static constexpr auto indexes() { return std::array{&by_number}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &FormerPassword::account_id},
                       Column{"user_id", &FormerPassword::user_id}, Column{"number", &FormerPassword::number},
                       Column{"password_hash", &FormerPassword::password_hash}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
