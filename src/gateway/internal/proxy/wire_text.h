#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/http.h"

/// What goes over the wire, as text.
namespace writ::gateway::internal {

/// Request line and headers, an empty line behind them. `length` becomes Content-Length. REQUIRES: method,
/// target, names and values hold no line ends, as those that a parser or rebuild_head() has made.
void append_request_head(const HttpRequest& request, std::uint64_t length, bool keep_alive, std::string& out);

/// How the body of an answer is delimited towards the client.
struct AnswerFraming {
    std::optional<std::uint64_t> length{};  ///< Content-Length.
    bool is_chunked = false;
    bool keep_alive = true;
};
/// Status line and headers without those about the connection of the server that sent them, and those of the
/// framing instead.
void append_response_head(int status, std::string_view reason, const HttpHeaders& headers,
                          const AnswerFraming& framing, std::string& out);

/// One chunk of "Transfer-Encoding: chunked"; nothing for no bytes, which would end the body.
void append_chunk(std::string_view bytes, std::string& out);
inline constexpr std::string_view last_chunk = "0\r\n\r\n";
inline constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

/// Whether a part of a head has a line that continues the one before it, which servers read differently.
/// REQUIRES: the part ends where a header ends.
[[nodiscard]] bool has_folded_line(std::string_view head) noexcept;

}  // namespace writ::gateway::internal
