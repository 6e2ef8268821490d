#include <algorithm>
#include <fmt/core.h>

#include "crypto/sigv4.h"

// Step 2 of a verification: spec 7.7 steps 2 and 3, Z3, Z4, Z13.
namespace writ::crypto {

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
