#pragma once

#include <string>
#include <string_view>

#include "base/http.h"
#include "base/time.h"
#include "gateway/upstreams.h"
#include "reference/request_model.h"

namespace writ::gateway {

/// How the body of a request to S3 goes on.
struct UpstreamBody {
    std::string content_sha256;       ///< x-amz-content-sha256; empty: of the body in the request.
    std::string trailer_name{};       ///< Of a body in chunks of our own (AwsChunkedWriter); empty: none.
    std::uint64_t decoded_bytes = 0;  ///< Of such a body.
};

/// Who is asked, and for what.
struct UpstreamCall {
    const Upstream& upstream;
    std::string_view signing_name;                           ///< "s3".
    std::string_view region;                                 ///< Of the client.
    const reference::RequestOperation* operation = nullptr;  ///< Null: not known.
};

/// The request that goes to the upstream instead of the client's: method, target and body of `request`, its
/// headers that mean something to a service, the host of the upstream, and the signature of the gateway or
/// none. Headers about the connection, about the client's signature and about chunks end here, and so does
/// every header that nobody has looked at. Without Content-Length: whoever sends it adds that. `request` is
/// rebuilt and allowed.
[[nodiscard]] HttpRequest make_upstream_request(HttpRequest request, const UpstreamCall& call,
                                                const UpstreamBody& body, Instant now);

}  // namespace writ::gateway
