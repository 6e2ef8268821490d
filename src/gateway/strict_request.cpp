#include "gateway/strict_request.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>
#include <vector>

#include "base/text.h"

namespace writ::gateway {
namespace {

/// Those that mean the same however often they stand, or nothing to whoever decides.
constexpr auto repeatable_headers = std::to_array<std::string_view>(
    {"accept", "accept-charset", "accept-encoding", "accept-language", "cache-control", "cookie",
     "connection", "forwarded", "te", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"});

/// Those of a signature in the query, which ends here.
constexpr auto signature_parameters = std::to_array<std::string_view>(
    {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders",
     "X-Amz-Signature", "X-Amz-Security-Token", "X-Amz-Content-Sha256"});

constexpr auto methods =
    std::to_array<std::string_view>({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"});

std::unexpected<Error> refuse(std::string why) {
    return fail("InvalidRequest", 400, std::move(why));
}
std::unexpected<Error> bad_path() {
    return fail(
        "InvalidURI", 400,
        "The path of the request has an empty segment, a dot segment or something that cannot be decoded, "
        "which servers read in different ways.");
}

bool is_printable(std::string_view text) noexcept {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

constexpr std::array<bool, 256> token_characters = [] {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    std::array<bool, 256> characters{};
    for (unsigned c = 0; c < characters.size(); ++c) {
        characters[c] = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c < 0x80 && marks.find(static_cast<char>(c)) != std::string_view::npos);
    }
    return characters;
}();

/// RFC 9110, 5.6.2: what a header may be called. A parameter that becomes one must not bring a colon along.
bool is_token(std::string_view text) noexcept {
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return token_characters[static_cast<unsigned char>(c)]; });
}

template <std::size_t N>
bool lists(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

bool is_repeatable(std::string_view name) {
    return std::ranges::any_of(repeatable_headers, [&](std::string_view repeatable) {
        return repeatable.size() == name.size() && equals_ignoring_case(repeatable, name);
    });
}

/// Only names of the same length and the same letters at both ends can be one: a bit for each such kind, so
/// that in a usual request no two names are compared.
std::size_t kind_of(std::string_view name) noexcept {
    constexpr std::size_t kinds = 1'024, a_prime = 31;
    const auto letter = [](char c) { return static_cast<unsigned char>(ascii_lower(c)); };
    return ((name.size() * a_prime + letter(name.front())) * a_prime + letter(name.back())) % kinds;
}

Result<void> check_header_names(const HttpHeaders& headers) {
    std::bitset<1'024> kinds;
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        const std::string& name = header->first;
        if (!is_token(name)) return refuse("A header has no proper name.");
        const std::size_t kind = kind_of(name);
        if (!kinds[kind]) {
            kinds.set(kind);
            continue;
        }
        const bool is_twice = std::any_of(headers.begin(), header, [&](const auto& earlier) {
            return equals_ignoring_case(earlier.first, name);
        });
        if (is_twice && !is_repeatable(name)) {
            return refuse("The header " + ascii_lower(name) + " stands more than once.");
        }
    }
    return {};
}

Result<BodyFraming> framing_of(const HttpHeaders& headers) {
    BodyFraming framing;
    if (const std::string* encoding = find_header(headers, "transfer-encoding")) {
        if (!equals_ignoring_case(trimmed(*encoding), "chunked")) {
            return refuse("The transfer encoding is not supported; there is 'chunked' only.");
        }
        framing.is_chunked = true;
    }
    if (const std::string* text = find_header(headers, "content-length")) {
        if (framing.is_chunked) return refuse("Content-Length and Transfer-Encoding exclude each other.");
        const std::string_view digits = trimmed(*text);
        std::uint64_t length = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), length);
        if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) {
            return refuse("Content-Length is not a number.");
        }
        framing.length = length;
    }
    return framing;
}

bool is_unsafe_segment(std::string_view segment) noexcept {
    return segment.empty() || segment == "." || segment == ".." ||
           segment.find('\0') != std::string_view::npos;
}

/// The segments of a path behind its first slash, the last one unless it is empty: "/a/b/" has "a" and "b".
template <class See>
bool all_segments(std::string_view path, See see) {
    for (std::string_view rest = path.substr(1); !rest.empty();) {
        const std::string_view segment = rest.substr(0, rest.find('/'));
        if (!see(segment)) return false;
        rest.remove_prefix(std::min(rest.size(), segment.size() + 1));
    }
    return true;
}

bool has_only_safe_segments(std::string_view decoded_path) {
    return all_segments(decoded_path, [](std::string_view segment) { return !is_unsafe_segment(segment); });
}

Result<std::string> rebuild_path_of_s3(std::string_view path, PathRule rule) {
    const auto decoded = percent_decode(path);
    if (!decoded || (rule == PathRule::strict && !has_only_safe_segments(*decoded))) return bad_path();
    return percent_encode(*decoded, true);
}

Result<std::string> rebuild_path(std::string_view path) {
    std::string out;
    const bool is_sound = all_segments(path, [&](std::string_view segment) {
        const auto decoded = percent_decode(segment);
        if (!decoded || is_unsafe_segment(*decoded)) return false;
        out.append("/").append(percent_encode(*decoded));
        return true;
    });
    // A server may decode before it looks for segments.
    const auto decoded = percent_decode(path);
    if (!is_sound || !decoded || !has_only_safe_segments(*decoded)) return bad_path();
    if (path.ends_with('/')) out += '/';
    return out;
}

Result<void> rebuild_query(std::string_view query, bool is_s3, std::string& target, HttpHeaders& headers) {
    std::vector<std::string> names;
    char separator = '?';
    for (std::string_view rest = query; !rest.empty();) {
        const std::string_view item = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), item.size() + 1));
        if (item.empty()) continue;
        const std::size_t equals = item.find('=');
        const auto name = percent_decode(item.substr(0, equals), true);
        const auto value =
            equals == std::string_view::npos ? std::string() : percent_decode(item.substr(equals + 1), true);
        if (!name || !value) return fail("InvalidURI", 400, "The query of the request cannot be decoded.");
        const auto is_it = [&](std::string_view known) { return equals_ignoring_case(known, *name); };
        if (std::ranges::any_of(signature_parameters, is_it)) continue;
        if (is_s3) {
            if (std::ranges::find(names, *name) != names.end()) {
                return refuse("The parameter " + *name + " stands more than once.");
            }
            names.push_back(*name);
            std::string lower = ascii_lower(*name);
            if (lower.starts_with("x-amz-")) {
                headers.emplace_back(std::move(lower), *value);
                continue;
            }
        }
        target += separator;
        target += percent_encode(*name);
        if (equals != std::string_view::npos) target.append("=").append(percent_encode(*value));
        separator = '&';
    }
    return {};
}

bool may_be_in_header(std::string_view value) noexcept {
    return std::ranges::all_of(value, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= ' ' && byte != 0x7f);
    });
}

}  // namespace

Result<BodyFraming> check_head(const HttpRequest& head) {
    if (!lists(methods, head.method)) return refuse("The method is not supported.");
    // No absolute form, no asterisk, no fragment: AWS clients send none, and servers differ about them.
    if (!head.target.starts_with('/') || !is_printable(head.target) || head.target.contains('#')) {
        return refuse("The target of the request is not a path.");
    }
    if (auto names = check_header_names(head.headers); !names) return std::unexpected(names.error());
    const std::string* host = find_header(head.headers, "host");
    if (host == nullptr || host->empty()) return refuse("The request has no Host header.");
    auto framing = framing_of(head.headers);
    // Nothing takes one; a server that leaves it unread would take it for the next request.
    if (framing && framing->has_body() && (head.method == "GET" || head.method == "HEAD"))
        return refuse("A " + head.method + " request has no body.");
    return framing;
}

Result<HttpRequest> rebuild_head(const HttpRequest& head, bool is_s3, PathRule paths) {
    HttpRequest rebuilt;
    rebuilt.method = head.method;
    rebuilt.headers = head.headers;
    rebuilt.peer_address = head.peer_address;
    rebuilt.tls = head.tls;
    rebuilt.request_id = head.request_id;
    const std::string_view target = head.target;
    const std::string_view path = target.substr(0, target.find('?'));
    auto path_rebuilt = is_s3 ? rebuild_path_of_s3(path, paths) : rebuild_path(path);
    if (!path_rebuilt) return std::unexpected(path_rebuilt.error());
    rebuilt.target = std::move(*path_rebuilt);
    const std::size_t headers_sent = rebuilt.headers.size();
    if (path.size() < target.size()) {
        const auto done =
            rebuild_query(target.substr(path.size() + 1), is_s3, rebuilt.target, rebuilt.headers);
        if (!done) return std::unexpected(done.error());
    }
    if (rebuilt.headers.size() == headers_sent) return rebuilt;
    for (std::size_t i = headers_sent; i < rebuilt.headers.size(); ++i) {
        if (!may_be_in_header(rebuilt.headers[i].second))
            return refuse("A parameter holds control characters.");
    }
    if (auto names = check_header_names(rebuilt.headers); !names) return std::unexpected(names.error());
    return rebuilt;
}

bool is_strict_path(std::string_view target) {
    const auto decoded = percent_decode(target.substr(0, target.find('?')));
    return decoded && has_only_safe_segments(*decoded);
}

}  // namespace writ::gateway
