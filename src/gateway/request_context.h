#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/http.h"
#include "engine/context.h"
#include "gateway/mapping.h"
#include "gateway/payload.h"

namespace writ::gateway {

/// What is known of a request beside its parameters.
struct RequestFacts {
    const HttpRequest& request;
    std::string_view region;
    Signing signing = Signing::none;
    /// Since it was signed; nothing: it is not.
    std::optional<std::chrono::milliseconds> signature_age{};
    bool is_s3 = false;
};

/// aws:SourceIp, aws:SecureTransport, aws:UserAgent, aws:referer, aws:RequestedRegion, aws:ViaAWSService
/// (spec 4.1), and of S3 those of the signature: s3:authType, s3:signatureversion, s3:signatureAge,
/// s3:x-amz-content-sha256.
void set_request_keys(engine::Context& context, const RequestFacts& facts);

/// The keys of a mapped demand.
void set_mapped_keys(engine::Context& context, const MappedDemand& demand);

}  // namespace writ::gateway
