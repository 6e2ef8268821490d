#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "directory/directory.h"

/// Passwords on their way in. Every function here hashes, which takes tens of milliseconds and 19 MiB: call
/// it on a Reader, before the transaction that stores what it returns.
namespace writ::directory {

/// A password that passed every rule of the moment. What stores it fails with ConcurrentModification when the
/// user's password has changed since.
struct AcceptedPassword {
    std::string user_id;
    std::string hash;
    std::string replaces;  ///< Hash of the password that the user had; empty: none.
};

/// The password of a login profile to be made. Errors: NoSuchEntity, PasswordPolicyViolation.
[[nodiscard]] Result<AcceptedPassword> accept_first_password(const AccountView& account,
                                                             std::string_view user_name,
                                                             const Secret& password);
/// The new password of a login profile, set by an administrator. Errors: the same.
[[nodiscard]] Result<AcceptedPassword> accept_new_password(const AccountView& account,
                                                           std::string_view user_name,
                                                           const Secret& password);
/// The new password of a user who knows the old one. AccessDenied when it is not the old one, or no other
/// (spec B11).
[[nodiscard]] Result<AcceptedPassword> accept_own_password(const AccountView& account,
                                                           std::string_view user_name,
                                                           const Secret& old_password,
                                                           const Secret& new_password);

enum class PasswordStanding : std::uint8_t {
    wrong,  ///< Also: no such user, or none with a password.
    good,
    must_be_changed,  ///< By the user, before anything else: reset required, or expired (spec B10).
    must_be_reset,    ///< By an administrator: expired under HardExpiry.
};
/// What a sign-in with that password is worth now. Takes as long for users who do not exist.
[[nodiscard]] Result<PasswordStanding> check_password_of(const AccountView& account,
                                                         std::string_view user_name, const Secret& password);

}  // namespace writ::directory
