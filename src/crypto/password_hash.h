#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/secret.h"

/// Passwords as they are stored: Argon2id (RFC 9106) in the PHC string format, 19 MiB, two passes, one lane.
/// Every call takes that memory and tens of milliseconds: never inside a write transaction.
namespace writ::crypto {

/// Under a new salt.
[[nodiscard]] std::string hash_password(const Secret& password, RandomSource& random);

/// Under the salt and the costs of `hash`, so that equal passwords make equal hashes: one call compares a
/// password with a whole history that shares a salt. Nothing when `hash` cannot be understood.
[[nodiscard]] std::optional<std::string> hash_password_like(std::string_view hash, const Secret& password);

/// False also when `hash` cannot be understood.
[[nodiscard]] bool is_password_of(std::string_view hash, const Secret& password);

}  // namespace writ::crypto
