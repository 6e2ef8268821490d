#include "crypto/internal/canonical.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/internal/query_string.h"

namespace writ::crypto::internal {
namespace {

constexpr std::string_view blanks = " \t";

void append_hex(const Digest& digest, std::string& out) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<char, 64> text{};
    for (std::size_t i = 0; i < digest.size(); ++i) {
        const auto value = std::to_integer<unsigned>(digest[i]);
        text[2 * i] = digits[value >> 4U];
        text[2 * i + 1] = digits[value & 15U];
    }
    out.append(text.data(), text.size());
}

void append_lower(std::string_view text, std::string& out) {
    for (const char c : text) out += ascii_lower(c);
}

// Trimmed, inner runs of blanks to one.
void append_value(std::string_view value, std::string& out) {
    const std::size_t begin = value.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return;
    value = value.substr(begin, value.find_last_not_of(blanks) - begin + 1);
    if (value.find("  ") == std::string_view::npos && value.find('\t') == std::string_view::npos) {
        out.append(value);  // Nearly always, and a session token is long.
        return;
    }
    bool after_blank = false;
    for (const char c : value) {
        const bool blank = blanks.contains(c);
        if (!blank) out += c;
        if (blank && !after_blank) out += ' ';
        after_blank = blank;
    }
}

void append_path(std::string_view target, std::string& out) {
    const std::string_view path = path_of(target);
    if (path == "/" || path.empty()) {
        out += '/';
    } else {
        out += percent_encode(normalised_path(path), true);
    }
}

bool append_query(std::string_view query, std::string& out) {
    if (query.empty()) return true;
    std::vector<std::pair<std::string, std::string>> items;
    for (QueryItems item(query); !item.at_end(); item.next()) {
        if (item.name() == "X-Amz-Signature") continue;
        const auto name = percent_decode(item.name(), true);
        const auto value = percent_decode(item.value(), true);
        if (!name || !value) return false;
        items.emplace_back(percent_encode(*name), percent_encode(*value));
    }
    std::ranges::sort(items);
    bool first = true;
    for (const auto& [name, value] : items) {
        if (!std::exchange(first, false)) out += '&';
        out.append(name).append("=").append(value);
    }
    return true;
}

// Spec Z6: one line a name; values of repeated headers joined by commas in wire order.
void append_headers(const HttpHeaders& headers, std::span<const std::string_view> names, std::string& out) {
    for (const std::string_view name : names) {
        append_lower(name, out);
        char separator = ':';
        for (const auto& [key, value] : headers) {
            if (!equals_ignoring_case(key, name)) continue;
            out += std::exchange(separator, ',');
            append_value(value, out);
        }
        if (separator == ':') out += ':';
        out += '\n';
    }
}

void append_names(std::span<const std::string_view> names, std::string& out) {
    bool first = true;
    for (const std::string_view name : names) {
        if (!std::exchange(first, false)) out += ';';
        append_lower(name, out);
    }
}

bool precedes(std::string_view a, std::string_view b) {
    return std::ranges::lexicographical_compare(
        a, b, {}, [](char c) { return ascii_lower(c); }, [](char c) { return ascii_lower(c); });
}

std::vector<std::string_view> sorted(std::span<const std::string_view> names) {
    std::vector<std::string_view> out(names.begin(), names.end());
    std::ranges::sort(out, precedes);
    const auto repeated = std::ranges::unique(out, equals_ignoring_case);
    out.erase(repeated.begin(), repeated.end());
    return out;
}

}  // namespace

std::string normalised_path(std::string_view path) {
    std::vector<std::string_view> segments;
    for (std::string_view rest = path; !rest.empty();) {
        const std::string_view segment = rest.substr(0, rest.find('/'));
        rest.remove_prefix(std::min(rest.size(), segment.size() + 1));
        if (segment.empty() || segment == ".") continue;
        if (segment != "..") {
            segments.push_back(segment);
        } else if (!segments.empty()) {
            segments.pop_back();
        }
    }
    std::string out;
    for (const std::string_view segment : segments) out.append("/").append(segment);
    if (out.empty() || path.ends_with('/')) out += '/';
    return out;
}

bool append_canonical_request(const HttpRequest& request, std::span<const std::string_view> signed_headers,
                              std::string& out) {
    const auto not_before = [](std::string_view a, std::string_view b) { return !precedes(a, b); };
    std::vector<std::string_view> in_order;
    if (std::ranges::adjacent_find(signed_headers, not_before) != signed_headers.end()) {
        in_order = sorted(signed_headers);
        signed_headers = in_order;
    }
    out.append(request.method).append("\n");
    append_path(request.target, out);
    out += '\n';
    if (!append_query(query_of(request.target), out)) return false;
    out += '\n';
    append_headers(request.headers, signed_headers, out);
    out += '\n';
    append_names(signed_headers, out);
    out += '\n';
    append_hex(sha256(request.body), out);
    return true;
}

void append_string_to_sign(std::string_view date, std::string_view scope, std::string_view canonical_request,
                           std::string& out) {
    out.append("AWS4-HMAC-SHA256\n").append(date).append("\n").append(scope).append("\n");
    append_hex(sha256(canonical_request), out);
}

}  // namespace writ::crypto::internal
