#include <algorithm>
#include <charconv>
#include <fmt/core.h>

#include "crypto/sigv4.h"

// Step 2 of a verification: spec 7.7 steps 2 and 3, Z3, Z4, Z13.
namespace writ::crypto {
namespace {

constexpr int expires_max_s = 604'800;  // Spec Z10.

CredentialResult<std::chrono::seconds> lifetime_of(std::string_view expires) {
    int seconds = 0;
    const auto read = std::from_chars(expires.data(), expires.data() + expires.size(), seconds);
    if (read.ec != std::errc{} || read.ptr != expires.data() + expires.size() || seconds < 1 ||
        seconds > expires_max_s) {
        return std::unexpected(
            CredentialError{CredentialFault::malformed_authorization,
                            fmt::format("X-Amz-Expires must be a number of seconds from 1 to {}; got '{}'.",
                                        expires_max_s, expires)});
    }
    return std::chrono::seconds(seconds);
}

}  // namespace

CredentialResult<void> check_window(const Authorization& authorization, Instant now,
                                    std::chrono::minutes window) {
    const Instant second = std::chrono::floor<std::chrono::seconds>(now);
    const auto refuse = [&](std::string_view what, std::string_view how, Instant limit, char sign) {
        return std::unexpected(CredentialError{
            CredentialFault::outside_time_window,
            fmt::format("{}: {} is {} than {} ({} {} {} min.)", what, authorization.date, how,
                        format_iso8601_basic(limit), format_iso8601_basic(second), sign, window.count())});
    };
    if (authorization.time < second - window) {
        return refuse("Signature expired", "now earlier", second - window, '-');
    }
    if (authorization.time > second + window) {
        return refuse("Signature not yet current", "still later", second + window, '+');
    }
    return {};
}

CredentialResult<void> check_expiry(const Authorization& authorization, Instant now,
                                    std::chrono::minutes window) {
    if (authorization.expires.empty()) return check_window(authorization, now, window);
    const auto lifetime = lifetime_of(authorization.expires);
    if (!lifetime) return std::unexpected(lifetime.error());
    const Instant second = std::chrono::floor<std::chrono::seconds>(now);
    if (authorization.time > second + window) return check_window(authorization, now, window);
    if (second <= authorization.time + *lifetime) return {};
    return std::unexpected(
        CredentialError{CredentialFault::presigned_expired,
                        fmt::format("Signature expired: {} is now earlier than {} ({} - {} s.)",
                                    authorization.date, format_iso8601_basic(second - *lifetime),
                                    format_iso8601_basic(second), lifetime->count())});
}

CredentialResult<void> check_scope(const Authorization& authorization, std::string_view service,
                                   std::span<const std::string_view> regions) {
    const Credential& credential = authorization.credential;
    const std::string_view day = authorization.date.substr(0, 8);
    std::string message;
    if (std::ranges::find(regions, credential.region) == regions.end()) {
        message += "Credential should be scoped to a valid region. ";
    }
    if (credential.service != service) {
        message += fmt::format("Credential should be scoped to correct service: '{}'. ", service);
    }
    if (credential.terminator != "aws4_request") {
        message +=
            fmt::format("Credential should be scoped with a valid terminator: 'aws4_request', not '{}'. ",
                        credential.terminator);
    }
    if (credential.date != day) {
        message += fmt::format(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' "
            "!= '{}', "
            "from '{}'. ",
            credential.date, day, authorization.date);
    }
    if (message.empty()) return {};
    // Only the first two sentences are known to end in a blank.
    if (credential.terminator != "aws4_request" || credential.date != day) message.pop_back();
    return std::unexpected(CredentialError{CredentialFault::wrong_scope, std::move(message)});
}

}  // namespace writ::crypto
