#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/result.h"
#include "reference/request_model.h"

/// Which operation of which service a request is. Nothing is guessed: what could be two operations, or could
/// be another one to a server that decodes or normalizes the path differently, is an error, and errors deny.
namespace writ::gateway {

using reference::WireProtocol;

/// The host names under which clients reach the gateway.
struct Hosts {
    struct Base {
        std::string host;     ///< Lower case, without port: "s3.example.com".
        std::string service;  ///< Signing name: "s3". A bucket may stand before a host of S3.
    };
    std::vector<Base> bases;       ///< Beside the names of AWS itself, which are known.
    std::string unsigned_service;  ///< Signing name for unsigned requests to any other host; empty: an error.
};

/// What a label of the path holds, decoded once.
struct Label {
    const reference::RequestMember* member = nullptr;
    std::string value;
};

struct RecognizedRequest {
    const reference::RequestService* service = nullptr;      ///< Never null.
    const reference::RequestOperation* operation = nullptr;  ///< Null: the body names it.
    WireProtocol protocol = WireProtocol::query;
    /// Parameters travel in the body. False for what streams (PutObject) and for GET requests.
    bool needs_body = false;
    /// S3: a POST of multipart/form-data to a bucket, which stands for a PutObject; see form_upload.h.
    bool form_upload = false;
    /// S3: the host names the bucket; `labels` has it all the same.
    bool bucket_in_host = false;
    std::vector<Label> labels;  ///< REST protocols, in order of the path.
};

struct BodyLimits {
    std::size_t bytes_max = std::size_t{16} << 20U;
    std::size_t depth_max = 64;          ///< Open brackets, elements or arrays; at most 256 count.
    std::size_t values_max = 1'000'000;  ///< Scalars, lists, maps and structures together.
};

/// From the head of a request; its body is not looked at. `signing_name` is the service of the credential
/// scope, of the header or of the query string; empty for unsigned requests, which are recognized by host or
/// target. In the Query protocols the body may name the operation: then `operation` is null and `needs_body`
/// is true. Errors, all with a sentence for the caller: UnknownService, UnknownOperation, AmbiguousRequest,
/// MalformedRequest. Cost: logarithmic in the operations of the service, after its first request.
[[nodiscard]] Result<RecognizedRequest> recognize(const HttpRequest& head, std::string_view signing_name,
                                                  const Hosts& hosts);

/// The same once the body is there: finds the operation that the form names. Returns what has one as it is.
[[nodiscard]] Result<RecognizedRequest> recognize_with_body(const HttpRequest& request,
                                                            RecognizedRequest recognized,
                                                            const BodyLimits& limits = {});

}  // namespace writ::gateway
