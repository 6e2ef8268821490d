#pragma once

#include <string_view>

#include "base/http.h"
#include "engine/context.h"

namespace writ::authz {

/// Keys that follow from how a request came (spec 4.1): aws:SourceIp, aws:SecureTransport, aws:UserAgent,
/// aws:referer, aws:ViaAWSService, and aws:RequestedRegion, which is `region`.
void set_connection_keys(engine::Context& context, const HttpRequest& request, std::string_view region);

}  // namespace writ::authz
