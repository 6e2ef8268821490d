#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/secret.h"

/// The identifiers that AWS makes itself (spec 7.6, S15, S16). They hold the account, so that a key tells
/// whose it is without a look-up.
namespace writ::crypto {

enum class IdKind : std::uint8_t {
    access_key,            // AKIA
    temporary_access_key,  // ASIA
    user,                  // AIDA
    role,                  // AROA
    group,                 // AGPA
    instance_profile,      // AIPA
    managed_policy,        // ANPA
    policy_version,        // ANVA
    public_key,            // APKA
    certificate,           // ASCA
    service_credential,    // ACCA
};

/// "AKIA" for access_key.
[[nodiscard]] std::string_view prefix_of(IdKind kind) noexcept;

/// A new id: 20 characters for access keys and public keys, 21 for all else, upper-case base32 behind the
/// prefix. REQUIRES: `account` is twelve digits. 35 bits of an access key id are random (40 of other ids), so
/// the caller who must not meet an id twice checks for it in the store.
[[nodiscard]] std::string make_id(IdKind kind, std::string_view account, RandomSource& random);

/// A new secret access key: 40 characters of the base64 alphabet, 240 random bits.
[[nodiscard]] Secret make_secret_access_key(RandomSource& random);

/// The kind of an id by its prefix; nothing when the prefix is unknown or the form is not ours.
[[nodiscard]] std::optional<IdKind> kind_of_id(std::string_view id) noexcept;

/// The account inside an id, as twelve digits; nothing for ids of the old form (fifth character I or J) and
/// for text that is no id.
[[nodiscard]] std::optional<std::string> account_of_id(std::string_view id);

/// 16 to 128 characters `[A-Za-z0-9_]`, what AWS accepts where an access key id is asked for (spec S15).
[[nodiscard]] bool is_access_key_id(std::string_view text) noexcept;

}  // namespace writ::crypto
