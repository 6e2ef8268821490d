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
    presigned_expired,  ///< Of services that honour X-Amz-Expires.
    unsigned_headers,   ///< A header that must be signed is not.
};

/// How services word their codes (spec 7.7): Query (IAM, STS), JSON and CBOR, REST with JSON or XML, S3, EC2.
enum class CredentialDialect : std::uint8_t { query, json, rest, s3, ec2 };

struct CredentialError {
    CredentialFault fault = CredentialFault::bad_signature;
    std::string message;  ///< As AWS words it. Trailing blanks are real.

    bool operator==(const CredentialError&) const = default;
};

/// The fault with the sentence that always goes with it.
/// REQUIRES: missing_authentication, invalid_token, expired_token, bad_signature or unsigned_headers.
[[nodiscard]] CredentialError credential_error(CredentialFault fault);

/// Code and HTTP status of the dialect, and its own sentence where it has one for the fault.
[[nodiscard]] Error to_error(const CredentialError& error, CredentialDialect dialect);

template <class T>
using CredentialResult = std::expected<T, CredentialError>;

}  // namespace writ::crypto
