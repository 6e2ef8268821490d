#include "crypto/internal/canonical.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/internal/hex.h"
#include "crypto/internal/query_string.h"

namespace writ::crypto::internal {
namespace {

constexpr bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t';
}

void append_hex(const Digest& digest, std::string& out) {
    std::array<char, digest_hex_chars> text{};
    write_hex(digest, text);
    out.append(text.data(), text.size());
}

// Trimmed, inner runs of blanks to one.
void append_value(std::string_view value, std::string& out) {
    while (!value.empty() && is_blank(value.front())) value.remove_prefix(1);
    while (!value.empty() && is_blank(value.back())) value.remove_suffix(1);
    if (value.find("  ") == std::string_view::npos && value.find('\t') == std::string_view::npos) {
        out.append(value);  // Nearly always, and a session token is long.
        return;
    }
    bool after_blank = false;
    for (const char c : value) {
        const bool blank = is_blank(c);
        if (!blank) out += c;
        if (blank && !after_blank) out += ' ';
        after_blank = blank;
    }
}

// False when it cannot be decoded.
bool append_path(std::string_view target, bool is_encoded_once, std::string& out) {
    const std::string_view path = path_of(target);
    if (path == "/" || path.empty()) {
        out += '/';
    } else if (!is_encoded_once) {
        out += percent_encode(normalised_path(path), true);
    } else {  // Spec Z7: S3 keeps "//", "." and "..", which may be part of a key.
        const auto decoded = percent_decode(path);
        if (!decoded) return false;
        out += percent_encode(*decoded, true);
    }
    return true;
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
        out.append(name);
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

// The signed headers in lower case, in order and each once: what the signer had to sort, whatever it listed.
class SignedNames {
  public:
    void read(std::string_view listed) {
        listed_.assign(listed);
        for (char& c : listed_) c = ascii_lower(c);
        ordered_.clear();
        names_.clear();
        for (std::string_view rest = listed_; !rest.empty();) {
            const std::string_view name = rest.substr(0, rest.find(';'));
            rest.remove_prefix(std::min(rest.size(), name.size() + 1));
            names_.push_back(name);
        }
        if (std::ranges::adjacent_find(names_, std::greater_equal{}) != names_.end()) put_in_order();
    }
    [[nodiscard]] std::span<const std::string_view> names() const noexcept { return names_; }
    [[nodiscard]] std::string_view joined() const noexcept { return ordered_.empty() ? listed_ : ordered_; }

  private:
    void put_in_order() {
        std::ranges::sort(names_);
        const auto repeated = std::ranges::unique(names_);
        names_.erase(repeated.begin(), repeated.end());
        if (names_.front().empty()) names_.erase(names_.begin());
        for (const std::string_view name : names_) {
            if (!ordered_.empty()) ordered_ += ';';
            ordered_.append(name);
        }
    }
    std::string listed_;   // The names point into it.
    std::string ordered_;  // Empty when `listed_` is in order.
    std::vector<std::string_view> names_;
};

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

bool append_canonical_request(const HttpRequest& request, std::string_view signed_headers,
                              const SigningForm& form, std::string& out) {
    thread_local SignedNames signed_names;  // Scratch memory, kept for its capacity.
    signed_names.read(signed_headers);
    out.append(request.method).append("\n");
    if (!append_path(request.target, form.is_path_encoded_once, out)) return false;
    out += '\n';
    if (!append_query(query_of(request.target), out)) return false;
    out += '\n';
    append_headers(request.headers, signed_names.names(), out);
    out += '\n';
    out.append(signed_names.joined()).append("\n");
    if (form.payload_hash.empty()) {
        append_hex(sha256(request.body), out);
    } else {
        out.append(form.payload_hash);
    }
    return true;
}

void append_string_to_sign(std::string_view date, std::string_view scope, std::string_view canonical_request,
                           std::string& out) {
    out.append("AWS4-HMAC-SHA256\n").append(date).append("\n").append(scope).append("\n");
    append_hex(sha256(canonical_request), out);
}

}  // namespace writ::crypto::internal
