#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/http.h"
#include "base/result.h"

/// A request in the one form that is authorized and passed on. Whatever two servers could read differently is
/// an error: nothing is forwarded as it came.
namespace writ::gateway {

/// How the body of a request is delimited.
struct BodyFraming {
    bool is_chunked = false;                ///< Transfer-Encoding: chunked.
    std::optional<std::uint64_t> length{};  ///< Content-Length.

    [[nodiscard]] bool has_body() const noexcept { return is_chunked || length.value_or(0) > 0; }
};

/// Whether paths may have what upstreams are known to take out or to stumble over: empty and dot segments,
/// NUL.
enum class PathRule : std::uint8_t {
    strict,   ///< They are refused.
    verbatim  ///< Only of S3, where they are part of a key: for upstreams that take a key as it is.
};

/// Method, target, header names and framing are what HTTP/1.1 and the AWS protocols allow, and no header that
/// may stand once stands twice; GET and HEAD come without a body. InvalidRequest 400 says what is wrong.
[[nodiscard]] Result<BodyFraming> check_head(const HttpRequest& head);

/// The same request in the form that goes on: the path decoded and encoded once more, S3's as a whole and all
/// others by segment; the query likewise, without the parameters of a signature; S3's other parameters that
/// stand for headers ("X-Amz-Acl=…") turned into headers. InvalidURI and InvalidRequest 400. The body is left
/// out. REQUIRES: check_head() has accepted it.
[[nodiscard]] Result<HttpRequest> rebuild_head(const HttpRequest& head, bool is_s3, PathRule paths);

/// Whether PathRule::strict lets the path of a rebuilt target pass. REQUIRES: rebuild_head() has made it.
[[nodiscard]] bool is_strict_path(std::string_view target);

}  // namespace writ::gateway
