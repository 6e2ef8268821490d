#include "gateway/internal/requests/body_text.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <zlib.h>

#include "base/text.h"
#include "gateway/internal/errors.h"

namespace writ::gateway::internal {
namespace {

/// What the Content-Encoding headers name, less what says nothing: the proxy has taken aws-chunked off
/// already.
std::string encodings_of(const HttpRequest& request) {
    constexpr std::string_view header = "Content-Encoding";
    std::string named;
    for (const auto& [name, value] : request.headers) {
        if (name.size() != header.size() || !equals_ignoring_case(name, header)) continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(','), rest.size());
            const std::string coding = ascii_lower(trimmed(rest.substr(0, end)));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (coding.empty() || coding == "identity" || coding == "aws-chunked") continue;
            named += (named.empty() ? "" : ",") + coding;
        }
    }
    return named;
}

/// Whether the Content-Type names a charset in which the bytes of UTF-8 are other text.
bool is_of_other_charset(const HttpRequest& request) {
    constexpr std::string_view label = "charset=";
    const std::string* type = find_header(request.headers, "Content-Type");
    if (type == nullptr) return false;
    std::string_view rest = *type;
    while (!rest.empty()) {
        const std::string_view part = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        std::string_view value = trimmed(part);
        if (!equals_ignoring_case(value.substr(0, label.size()), label)) continue;
        value.remove_prefix(label.size());
        if (value.size() > 1 && value.starts_with('"') && value.ends_with('"'))
            value = value.substr(1, value.size() - 2);
        const bool is_utf8 = equals_ignoring_case(value, "utf-8") || equals_ignoring_case(value, "utf8") ||
                             equals_ignoring_case(value, "us-ascii");
        if (!is_utf8) return true;
    }
    return false;
}

std::unexpected<Error> larger() {
    return too_large("The body is larger than can be authorized.");
}

struct EndInflate {
    void operator()(z_stream* stream) const { inflateEnd(stream); }
};

/// One member, with nothing behind it.
Result<std::string> gunzip(std::string_view packed, std::size_t bytes_max) {
    constexpr int gzip_window_bits = 15 + 16;
    z_stream stream{};
    if (inflateInit2(&stream, gzip_window_bits) != Z_OK) return unreadable("The body could not be unpacked.");
    const std::unique_ptr<z_stream, EndInflate> ending(&stream);
    std::string bytes(packed);  // zlib takes a pointer to what it may change.
    stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string text;
    std::array<char, 16'384> piece{};
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        state = inflate(&stream, Z_NO_FLUSH);
        text.append(piece.data(), piece.size() - stream.avail_out);
        if (text.size() > bytes_max) return larger();
    }
    if (state != Z_STREAM_END || stream.avail_in != 0) return unreadable("The body is not gzip.");
    return text;
}

}  // namespace

Result<BodyText> BodyText::of(const HttpRequest& request, std::size_t bytes_max) {
    if (request.body.size() > bytes_max) return larger();
    if (is_of_other_charset(request)) return unreadable("The charset of a body is UTF-8.");
    BodyText body;
    body.sent_ = request.body;
    const std::string encodings = encodings_of(request);
    if (encodings.empty()) return body;
    if (encodings != "gzip")
        return unreadable("A body in the encoding " + quoted(encodings) + " is not read.");
    auto text = gunzip(request.body, bytes_max);
    if (!text) return std::unexpected(text.error());
    body.unpacked_ = std::move(*text);
    body.is_unpacked_ = true;
    return body;
}

Result<void> unpack_body(HttpRequest& request, std::size_t bytes_max) {
    if (encodings_of(request) != "gzip") return {};
    if (request.body.size() > bytes_max) return larger();
    auto text = gunzip(request.body, bytes_max);
    if (!text) return std::unexpected(text.error());
    request.body = std::move(*text);
    std::erase_if(request.headers,
                  [](const auto& header) { return equals_ignoring_case(header.first, "Content-Encoding"); });
    return {};
}

}  // namespace writ::gateway::internal
