#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "crypto/internal/query_string.h"
#include "crypto/sigv4.h"

// Step 1 of a verification: spec Z1, Z2, Z5, Z10.
namespace writ::crypto {
namespace {

using Fault = CredentialFault;

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

std::unexpected<CredentialError> refuse(Fault fault, std::string message) {
    return std::unexpected(CredentialError{fault, std::move(message)});
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string quoted(std::string_view before, std::string_view value, std::string_view after) {
    std::string text(before);
    return text.append("'").append(value).append("'").append(after);
}

// The parameters of both forms, before anything was checked. Empty: absent.
struct RawParameters {
    std::string_view credential, signed_headers, signature, date;
};

// "Credential=…, SignedHeaders=…, Signature=…"; blanks around the commas do not matter.
CredentialResult<RawParameters> split_header(std::string_view value, std::string_view rest) {
    RawParameters found;
    while (!rest.empty()) {
        const std::string_view item = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), item.size() + 1));
        const std::string_view pair = trimmed(item);
        if (pair.empty()) continue;
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos) {
            return refuse(
                Fault::malformed_authorization,
                quoted("", pair,
                       " not a valid key=value pair (missing equal-sign) in Authorization header: ") +
                    quoted("", value, "."));
        }
        const std::string_view name = pair.substr(0, equals);
        const std::string_view text = pair.substr(equals + 1);
        if (name == "Credential") found.credential = text;
        if (name == "SignedHeaders") found.signed_headers = text;
        if (name == "Signature") found.signature = text;
    }
    return found;
}

CredentialResult<RawParameters> read_header(const HttpRequest& request, const std::string& authorization) {
    const std::string_view value = trimmed(authorization);
    const std::string_view named = value.substr(0, value.find_first_of(" \t"));
    if (named != algorithm) {
        return refuse(Fault::malformed_authorization, quoted("Unsupported AWS 'algorithm': ", named, ""));
    }
    auto found = split_header(value, value.substr(named.size()));
    if (!found) return found;
    if (const std::string* date = find_header(request.headers, "x-amz-date")) {
        found->date = trimmed(*date);
    } else if (const std::string* other = find_header(request.headers, "date")) {
        found->date = trimmed(*other);
    }

    std::string missing;
    if (found->credential.empty()) missing += "Authorization header requires 'Credential' parameter. ";
    if (found->signature.empty()) missing += "Authorization header requires 'Signature' parameter. ";
    if (found->signed_headers.empty()) missing += "Authorization header requires 'SignedHeaders' parameter. ";
    if (found->date.empty()) {
        missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    }
    if (!missing.empty()) {
        return refuse(Fault::malformed_authorization, missing.append("Authorization=").append(value));
    }
    return found;
}

// Decodes the X-Amz-… parameters into `authorization.decoded`, which the views then point into.
CredentialResult<RawParameters> read_query(const HttpRequest& request, Authorization& authorization) {
    RawParameters found;
    std::string_view token;
    std::string_view named;
    const auto wanted = std::to_array<std::pair<std::string_view, std::string_view*>>({
        {"X-Amz-Algorithm", &named},
        {"X-Amz-Credential", &found.credential},
        {"X-Amz-Signature", &found.signature},
        {"X-Amz-SignedHeaders", &found.signed_headers},
        {"X-Amz-Date", &found.date},
        {"X-Amz-Security-Token", &token},
    });
    authorization.decoded.reserve(wanted.size());  // No text may move once a view points to it.
    for (internal::QueryItems items(internal::query_of(request.target)); !items.at_end(); items.next()) {
        const auto* parameter =
            std::ranges::find(wanted, items.name(), &std::pair<std::string_view, std::string_view*>::first);
        if (parameter == wanted.end() || !parameter->second->empty()) continue;
        auto text = percent_decode(items.value(), true);
        if (!text || text->empty()) continue;
        *parameter->second = authorization.decoded.emplace_back(std::move(*text));
    }

    if (named.empty() || named != algorithm) {
        return refuse(Fault::malformed_authorization, quoted("Unsupported AWS 'algorithm': ", named, ""));
    }
    std::string missing;
    for (const auto& [name, value] : std::span(wanted).subspan(1, 4)) {
        if (value->empty()) missing += quoted("AWS query-string parameters must include ", name, ". ");
    }
    if (!missing.empty()) {
        return refuse(Fault::malformed_authorization, missing + "Re-examine the query-string parameters.");
    }
    if (!token.empty()) authorization.session_token = token;
    return found;
}

CredentialResult<Credential> split_credential(std::string_view text) {
    std::array<std::string_view, 5> parts;
    std::size_t count = 0;
    for (std::string_view rest = text;; ++count) {
        const std::string_view part = rest.substr(0, rest.find('/'));
        if (count < parts.size()) parts[count] = part;
        if (part.size() == rest.size()) break;
        rest.remove_prefix(part.size() + 1);
    }
    if (count + 1 != parts.size()) {
        return refuse(Fault::malformed_authorization,
                      quoted("Credential must have exactly 5 slash-delimited elements, e.g. "
                             "keyid/date/region/service/term, got ",
                             text, ""));
    }
    return Credential{parts[0], text.substr(parts[0].size() + 1), parts[1], parts[2], parts[3], parts[4]};
}

bool lists(const Authorization& authorization, std::string_view name) {
    return std::ranges::any_of(authorization.signed_headers,
                               [&](std::string_view listed) { return equals_ignoring_case(listed, name); });
}

// Spec Z5. What names the caller or the time must not be open to whoever carries the request.
CredentialResult<void> check_signed_headers(const HttpRequest& request, const Authorization& authorization) {
    if (!lists(authorization, "host") && !lists(authorization, ":authority")) {
        return refuse(Fault::bad_signature,
                      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    for (const std::string_view name :
         {std::string_view("X-Amz-Date"), std::string_view("X-Amz-Security-Token")}) {
        if (find_header(request.headers, name) != nullptr && !lists(authorization, name)) {
            return refuse(Fault::bad_signature,
                          quoted("", name, " must be a 'SignedHeader' in the AWS Authorization."));
        }
    }
    return {};
}

bool claims_in_query(std::string_view query) {
    for (internal::QueryItems items(query); !items.at_end(); items.next()) {
        if (items.name() == "X-Amz-Algorithm" || items.name() == "X-Amz-Signature") return true;
    }
    return false;
}

CredentialResult<void> fill(const HttpRequest& request, const RawParameters& raw,
                            Authorization& authorization) {
    const auto time = parse_iso8601_basic(raw.date);
    if (!time) {
        return refuse(Fault::malformed_authorization,
                      quoted("Date must be in ISO-8601 'basic format'. Got ", raw.date,
                             ". See http://en.wikipedia.org/wiki/ISO_8601"));
    }
    const auto credential = split_credential(raw.credential);
    if (!credential) return std::unexpected(credential.error());
    authorization.credential = *credential;
    authorization.signature = raw.signature;
    authorization.date = raw.date;
    authorization.time = *time;
    authorization.signed_headers.reserve(8);
    for (std::string_view rest = raw.signed_headers; !rest.empty();) {
        const std::string_view name = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
        if (!name.empty()) authorization.signed_headers.push_back(name);
    }
    return check_signed_headers(request, authorization);
}

}  // namespace

bool claims_signature(const HttpRequest& request) noexcept {
    return find_header(request.headers, "authorization") != nullptr ||
           claims_in_query(internal::query_of(request.target));
}

CredentialResult<Authorization> parse_authorization(const HttpRequest& request) {
    const std::string* header = find_header(request.headers, "authorization");
    if (header != nullptr && trimmed(*header).empty()) header = nullptr;
    const bool in_query = claims_in_query(internal::query_of(request.target));
    if (header == nullptr && !in_query) {
        return std::unexpected(credential_error(Fault::missing_authentication));
    }
    if (header != nullptr && in_query) {
        return refuse(Fault::malformed_authorization,
                      "Only one auth mechanism allowed; either the Authorization header or the query-string "
                      "parameters should be specified.");
    }

    Authorization authorization;
    authorization.place = in_query ? Authorization::Place::query : Authorization::Place::header;
    const auto raw = in_query ? read_query(request, authorization) : read_header(request, *header);
    if (!raw) return std::unexpected(raw.error());
    if (const auto filled = fill(request, *raw, authorization); !filled)
        return std::unexpected(filled.error());
    if (!authorization.session_token) {
        if (const std::string* token = find_header(request.headers, "x-amz-security-token")) {
            authorization.session_token = trimmed(*token);
        }
    }
    return authorization;
}

}  // namespace writ::crypto
