#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "base/result.h"

namespace writ::crypto {

/// Why a caller was not recognised: the rows of spec 7.7.
enum class CredentialFault : std::uint8_t {
    missing_authentication,
    malformed_authorization,
    wrong_scope,
    outside_time_window,
    invalid_token,  ///< Unknown or inactive key; missing, foreign or unreadable token; issuer gone.
    expired_token,
    bad_signature,
};

/// How a service words its codes (spec 7.7): Query services (IAM, STS) or JSON services.
enum class CredentialDialect : std::uint8_t { query, json };

struct CredentialError {
    CredentialFault fault = CredentialFault::bad_signature;
    std::string message;  ///< As AWS words it. Trailing blanks are real.

    bool operator==(const CredentialError&) const = default;
};

/// The fault with the sentence that always goes with it.
/// REQUIRES: missing_authentication, invalid_token, expired_token or bad_signature.
[[nodiscard]] CredentialError credential_error(CredentialFault fault);

/// Code and HTTP status of the dialect.
[[nodiscard]] Error to_error(const CredentialError& error, CredentialDialect dialect);

template <class T>
using CredentialResult = std::expected<T, CredentialError>;

}  // namespace writ::crypto
