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

constexpr bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t';
}

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

// The headers that a signature is about, found in one walk; the first of a name counts. Null: absent.
struct SignatureHeaders {
    const std::string* authorization = nullptr;
    const std::string* amz_date = nullptr;
    const std::string* date = nullptr;
    const std::string* token = nullptr;
};

SignatureHeaders find_signature_headers(const HttpHeaders& headers) noexcept {
    SignatureHeaders found;
    const auto take = [](const std::string*& place, std::string_view wanted, const auto& header) {
        if (place == nullptr && equals_ignoring_case(header.first, wanted)) place = &header.second;
    };
    for (const auto& header : headers) {
        switch (header.first.size()) {
            case 4:
                take(found.date, "date", header);
                break;
            case 10:
                take(found.amz_date, "x-amz-date", header);
                break;
            case 13:
                take(found.authorization, "authorization", header);
                break;
            case 20:
                take(found.token, "x-amz-security-token", header);
                break;
            default:
                break;
        }
    }
    return found;
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

CredentialResult<RawParameters> read_header(const SignatureHeaders& headers) {
    const std::string_view value = trimmed(*headers.authorization);
    const std::string_view named =
        value.substr(0, static_cast<std::size_t>(std::ranges::find_if(value, is_blank) - value.begin()));
    if (named != algorithm) {
        return refuse(Fault::malformed_authorization, quoted("Unsupported AWS 'algorithm': ", named, ""));
    }
    auto found = split_header(value, value.substr(named.size()));
    if (!found) return found;
    if (headers.amz_date != nullptr) {
        found->date = trimmed(*headers.amz_date);
    } else if (headers.date != nullptr) {
        found->date = trimmed(*headers.date);
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
        {"X-Amz-Expires", &authorization.expires},
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

CredentialResult<void> split_credential(std::string_view text, Credential& credential) {
    const std::array<std::string_view*, 5> parts{&credential.access_key_id, &credential.date,
                                                 &credential.region, &credential.service,
                                                 &credential.terminator};
    std::size_t count = 0;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size() && text[at] != '/') continue;
        if (count < parts.size()) *parts[count] = text.substr(begin, at - begin);
        ++count;
        begin = at + 1;
    }
    if (count != parts.size()) {
        return refuse(Fault::malformed_authorization,
                      quoted("Credential must have exactly 5 slash-delimited elements, e.g. "
                             "keyid/date/region/service/term, got ",
                             text, ""));
    }
    credential.scope = text.substr(credential.access_key_id.size() + 1);
    return {};
}

bool lists(const Authorization& authorization, std::string_view name) {
    for (std::string_view rest = authorization.signed_headers; !rest.empty();) {
        const std::string_view listed = rest.substr(0, rest.find(';'));
        if (equals_ignoring_case(listed, name)) return true;
        rest.remove_prefix(std::min(rest.size(), listed.size() + 1));
    }
    return false;
}

// Spec Z5. What names the caller or the time must not be open to whoever carries the request.
CredentialResult<void> check_signed_headers(const SignatureHeaders& headers,
                                            const Authorization& authorization) {
    if (!lists(authorization, "host") && !lists(authorization, ":authority")) {
        return refuse(Fault::bad_signature,
                      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    const auto must_be_signed = [](std::string_view name) {
        return refuse(Fault::bad_signature,
                      quoted("", name, " must be a 'SignedHeader' in the AWS Authorization."));
    };
    if (headers.amz_date != nullptr && !lists(authorization, "x-amz-date")) {
        return must_be_signed("X-Amz-Date");
    }
    if (headers.token != nullptr && !lists(authorization, "x-amz-security-token")) {
        return must_be_signed("X-Amz-Security-Token");
    }
    return {};
}

bool claims_in_query(std::string_view query) {
    for (internal::QueryItems items(query); !items.at_end(); items.next()) {
        if (items.name() == "X-Amz-Algorithm" || items.name() == "X-Amz-Signature") return true;
    }
    return false;
}

CredentialResult<void> fill(const RawParameters& raw, Authorization& authorization) {
    const auto time = parse_iso8601_basic(raw.date);
    if (!time) {
        return refuse(Fault::malformed_authorization,
                      quoted("Date must be in ISO-8601 'basic format'. Got ", raw.date,
                             ". See http://en.wikipedia.org/wiki/ISO_8601"));
    }
    if (auto split = split_credential(raw.credential, authorization.credential); !split) return split;
    authorization.signature = raw.signature;
    authorization.date = raw.date;
    authorization.time = *time;
    authorization.signed_headers = raw.signed_headers;
    return {};
}

}  // namespace

bool signs_header(const Authorization& authorization, std::string_view name) noexcept {
    return lists(authorization, name);
}

std::string unsigned_amz_header(const HttpRequest& request, const Authorization& authorization) {
    constexpr std::string_view prefix = "x-amz-";
    for (const auto& [name, value] : request.headers) {
        const std::string_view begin = std::string_view(name).substr(0, prefix.size());
        if (!equals_ignoring_case(begin, prefix) || lists(authorization, name)) continue;
        return ascii_lower(name);
    }
    return {};
}

bool claims_signature(const HttpRequest& request) noexcept {
    return find_header(request.headers, "authorization") != nullptr ||
           claims_in_query(internal::query_of(request.target));
}

CredentialResult<Authorization> parse_authorization(const HttpRequest& request) {
    SignatureHeaders headers = find_signature_headers(request.headers);
    if (headers.authorization != nullptr && trimmed(*headers.authorization).empty()) {
        headers.authorization = nullptr;
    }
    const bool in_query = claims_in_query(internal::query_of(request.target));
    if (headers.authorization == nullptr && !in_query) {
        return std::unexpected(credential_error(Fault::missing_authentication));
    }
    if (headers.authorization != nullptr && in_query) {
        return refuse(Fault::malformed_authorization,
                      "Only one auth mechanism allowed; either the Authorization header or the query-string "
                      "parameters should be specified.");
    }

    CredentialResult<Authorization> result;
    Authorization& authorization = *result;
    authorization.place = in_query ? Authorization::Place::query : Authorization::Place::header;
    const auto raw = in_query ? read_query(request, authorization) : read_header(headers);
    if (!raw) return std::unexpected(raw.error());
    auto filled = fill(*raw, authorization);
    if (filled) filled = check_signed_headers(headers, authorization);
    if (!filled) return std::unexpected(filled.error());
    if (!authorization.session_token && headers.token != nullptr) {
        authorization.session_token = trimmed(*headers.token);
    }
    return result;
}

CredentialResult<Authorization> parse_form_authorization(const FormSignature& form) {
    if (form.algorithm != algorithm) {
        return refuse(Fault::malformed_authorization,
                      quoted("Unsupported AWS 'algorithm': ", form.algorithm, ""));
    }
    CredentialResult<Authorization> result;
    result->place = Authorization::Place::form;
    result->expires = "604800";
    result->session_token = form.session_token;
    const RawParameters raw{
        .credential = form.credential, .signed_headers = {}, .signature = form.signature, .date = form.date};
    if (const auto filled = fill(raw, *result); !filled) return std::unexpected(filled.error());
    return result;
}

}  // namespace writ::crypto
