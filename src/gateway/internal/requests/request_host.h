#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/result.h"
#include "gateway/recognize.h"

namespace writ::gateway::internal {

/// What the host name of a request tells.
struct RequestHost {
    std::string signing_name;  ///< Empty: nothing.
    std::string bucket;        ///< Of S3, when it stands before the host; else empty.
    /// The models that the host addresses; empty: nothing is known, each of the signing name may be meant.
    std::vector<const reference::RequestService*> services;
};

/// Reads the Host header. Known are the configured hosts and the names of AWS itself: "dynamodb.us-east-1
/// .amazonaws.com", "photos.s3.dualstack.eu-west-1.amazonaws.com". Errors: MalformedRequest for several Host
/// headers; UnknownService for S3 access points, which the host would have to name.
[[nodiscard]] Result<RequestHost> read_host(const HttpRequest& head, const Hosts& hosts);

}  // namespace writ::gateway::internal
