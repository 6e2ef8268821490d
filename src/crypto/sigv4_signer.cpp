#include "crypto/sigv4_signer.h"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "base/text.h"
#include "crypto/internal/canonical.h"
#include "crypto/signing_key.h"

namespace writ::crypto {
namespace {

struct Scope {
    std::string date;  ///< "20261124T042300Z"
    std::string text;  ///< "20261124/us-east-1/sts/aws4_request"
};

Scope scope_of(std::string_view region, std::string_view service, Instant now) {
    std::string date = format_iso8601_basic(now);
    std::string text = fmt::format("{}/{}/{}/aws4_request", date.substr(0, 8), region, service);
    return {std::move(date), std::move(text)};
}

// Sorted and in lower case, each once.
std::string listed(const HttpHeaders& headers) {
    std::vector<std::string> names;
    for (const auto& [name, value] : headers) names.push_back(ascii_lower(name));
    std::ranges::sort(names);
    const auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    return fmt::format("{}", fmt::join(names, ";"));
}

std::string signature_of(const HttpRequest& request, const SigningCredentials& credentials,
                         const Scope& scope, std::string_view region, std::string_view service,
                         const SigningForm& form) {
    std::string canonical, to_sign;
    // A target whose query cannot be decoded is signed as it is, and will be refused.
    (void)internal::append_canonical_request(request, listed(request.headers), form, canonical);
    internal::append_string_to_sign(scope.date, scope.text, canonical, to_sign);
    const SigningKey key(credentials.secret_access_key, std::string_view(scope.date).substr(0, 8), region,
                         service);
    return hex_encode(key.sign(to_sign));
}

}  // namespace

void sign(HttpRequest& request, const SigningCredentials& credentials, std::string_view region,
          std::string_view service, Instant now, const SigningForm& form) {
    const Scope scope = scope_of(region, service, now);
    request.headers.emplace_back("X-Amz-Date", scope.date);
    if (!credentials.session_token.empty()) {
        request.headers.emplace_back("X-Amz-Security-Token", credentials.session_token);
    }
    const std::string names = listed(request.headers);
    const std::string signature = signature_of(request, credentials, scope, region, service, form);
    request.headers.emplace_back(
        "Authorization", fmt::format("AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}",
                                     credentials.access_key_id, scope.text, names, signature));
}

void presign(HttpRequest& request, const SigningCredentials& credentials, std::string_view region,
             std::string_view service, Instant now, std::chrono::seconds expires, const SigningForm& form) {
    const Scope scope = scope_of(region, service, now);
    request.target += request.target.find('?') == std::string::npos ? '?' : '&';
    request.target += fmt::format(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={}&X-Amz-Date={}&X-Amz-Expires={}&X-Amz-"
        "SignedHeaders={}",
        percent_encode(credentials.access_key_id + "/" + scope.text), scope.date, expires.count(),
        percent_encode(listed(request.headers)));
    if (!credentials.session_token.empty()) {
        request.target += "&X-Amz-Security-Token=" + percent_encode(credentials.session_token);
    }
    request.target += "&X-Amz-Signature=" + signature_of(request, credentials, scope, region, service, form);
}

}  // namespace writ::crypto
