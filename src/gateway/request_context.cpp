#include "gateway/request_context.h"

#include <string>

#include "authz/connection_keys.h"

namespace writ::gateway {
namespace {

void set_header(engine::Context& context, std::string_view key, const HttpRequest& request,
                std::string_view header) {
    if (const std::string* value = find_header(request.headers, header)) context.set(key, *value);
}

std::string_view auth_type(Signing signing) {
    if (signing == Signing::form) return "POST";
    return signing == Signing::query ? "REST-QUERY-STRING" : "REST-HEADER";
}

void set_signature_keys(engine::Context& context, const RequestFacts& facts) {
    set_header(context, "s3:x-amz-content-sha256", facts.request, "x-amz-content-sha256");
    if (facts.signing == Signing::none) return;
    context.set("s3:authType", auth_type(facts.signing));
    context.set("s3:signatureversion", "AWS4-HMAC-SHA256");
    if (facts.signature_age) context.set("s3:signatureAge", std::to_string(facts.signature_age->count()));
}

}  // namespace

void set_request_keys(engine::Context& context, const RequestFacts& facts) {
    authz::set_connection_keys(context, facts.request, facts.region);
    if (facts.is_s3) set_signature_keys(context, facts);
}

void set_mapped_keys(engine::Context& context, const MappedDemand& demand) {
    for (const RequestKey& key : demand.keys) {
        if (key.multivalued) {
            context.set_list(key.name, key.values);
        } else if (!key.values.empty()) {
            context.set(key.name, key.values.front());
        }
    }
}

}  // namespace writ::gateway
