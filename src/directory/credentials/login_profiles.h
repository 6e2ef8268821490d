#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "directory/credentials/passwords.h"
#include "directory/directory.h"

namespace writ::directory {

/// That a user has a password (spec 8.6).
struct LoginProfile {
    std::string user_name;
    Instant created_at{};
    bool reset_required = false;
    std::optional<std::int64_t> session_s_max;
};

struct NewLoginProfile {
    AcceptedPassword password;
    bool reset_required = false;
    std::optional<std::int64_t> session_s_max{};
};

/// What is left out stays (spec B11).
struct LoginProfileChange {
    std::optional<AcceptedPassword> password{};
    std::optional<bool> reset_required{};
    std::optional<std::int64_t> session_s_max{};
    bool session_unlimited = false;  ///< Forgets `session_s_max`.
};

/// EntityAlreadyExists when the user has one.
[[nodiscard]] Result<LoginProfile> create_login_profile(AccountEdit& account, std::string_view user_name,
                                                        const NewLoginProfile& profile);
[[nodiscard]] Result<LoginProfile> get_login_profile(const AccountView& account, std::string_view user_name);
[[nodiscard]] Result<void> update_login_profile(AccountEdit& account, std::string_view user_name,
                                                const LoginProfileChange& change);
/// The history of passwords goes with it.
[[nodiscard]] Result<void> delete_login_profile(AccountEdit& account, std::string_view user_name);
/// ChangePassword: no reset is required any more.
[[nodiscard]] Result<void> change_own_password(AccountEdit& account, std::string_view user_name,
                                               const AcceptedPassword& password);

}  // namespace writ::directory
