#include "gateway/internal/proxy/wire_text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <vector>

#include "base/text.h"

namespace writ::gateway::internal {
namespace {

constexpr auto hop_by_hop =
    std::to_array<std::string_view>({"connection", "content-length", "keep-alive", "proxy-authenticate",
                                     "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"});

void append_header(std::string_view name, std::string_view value, std::string& out) {
    out.append(name).append(": ").append(value).append("\r\n");
}

/// The headers that a Connection header names (RFC 9110, 7.6.1), in lower case.
std::vector<std::string> named_by_connection(const HttpHeaders& headers) {
    std::vector<std::string> names;
    for (const auto& [name, value] : headers) {
        if (!equals_ignoring_case(name, "connection")) continue;
        for (std::string_view rest = value; !rest.empty();) {
            const std::string_view item = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(rest.size(), item.size() + 1));
            names.push_back(ascii_lower(trimmed(item)));
        }
    }
    return names;
}

}  // namespace

void append_request_head(const HttpRequest& request, std::uint64_t length, bool keep_alive,
                         std::string& out) {
    out.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\n");
    for (const auto& [name, value] : request.headers) append_header(name, value, out);
    const bool has_length = length > 0 || (request.method != "GET" && request.method != "HEAD");
    if (has_length) append_header("Content-Length", std::to_string(length), out);
    if (!keep_alive) append_header("Connection", "close", out);
    out.append("\r\n");
}

void append_response_head(int status, std::string_view reason, const HttpHeaders& headers,
                          const AnswerFraming& framing, std::string& out) {
    out.append("HTTP/1.1 ").append(std::to_string(status)).append(" ").append(reason).append("\r\n");
    const std::vector<std::string> named = named_by_connection(headers);
    for (const auto& [name, value] : headers) {
        const std::string lower = ascii_lower(name);
        if (std::ranges::find(hop_by_hop, lower) != hop_by_hop.end()) continue;
        if (std::ranges::find(named, lower) != named.end()) continue;
        append_header(name, value, out);
    }
    if (framing.length) append_header("Content-Length", std::to_string(*framing.length), out);
    if (framing.is_chunked) append_header("Transfer-Encoding", "chunked", out);
    append_header("Connection", framing.keep_alive ? "keep-alive" : "close", out);
    out.append("\r\n");
}

void append_chunk(std::string_view bytes, std::string& out) {
    if (bytes.empty()) return;
    fmt::format_to(std::back_inserter(out), "{:x}\r\n", bytes.size());
    out.append(bytes).append("\r\n");
}

bool has_folded_line(std::string_view head) noexcept {
    return head.find("\n ") != std::string_view::npos || head.find("\n\t") != std::string_view::npos;
}

}  // namespace writ::gateway::internal
