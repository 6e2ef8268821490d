#include "authz/connection_keys.h"

namespace writ::authz {
namespace {

void set_header(engine::Context& context, std::string_view key, const HttpRequest& request,
                std::string_view header) {
    if (const std::string* value = find_header(request.headers, header)) context.set(key, *value);
}

}  // namespace

void set_connection_keys(engine::Context& context, const HttpRequest& request, std::string_view region) {
    if (!request.peer_address.empty()) context.set("aws:SourceIp", request.peer_address);
    context.set("aws:SecureTransport", request.tls ? "true" : "false");
    set_header(context, "aws:UserAgent", request, "User-Agent");
    set_header(context, "aws:referer", request, "Referer");
    context.set("aws:RequestedRegion", region);
    context.set("aws:ViaAWSService", "false");
}

}  // namespace writ::authz
