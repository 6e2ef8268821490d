#include "gateway/internal/query_operation.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gateway/internal/body_text.h"
#include "gateway/internal/errors.h"

namespace writ::gateway::internal {
namespace {

using reference::RequestService;

/// The models that have the operation, only those of the version where one has it. ELB has two APIs under one
/// name; the databases of RDS share one.
Result<const RequestService*> service_of(std::string_view action, std::string_view version,
                                         std::span<const RequestService* const> services) {
    std::vector<const RequestService*> having;
    for (const RequestService* service : services) {
        if (speaks_query(service) && reference::find_request_operation(*service, action) != nullptr)
            having.push_back(service);
    }
    if (having.empty()) {
        return unknown_operation(std::string(services.front()->signing_name) + " has no operation " +
                                 quoted(action) + ".");
    }
    const auto is_other = [&](const RequestService* service) { return service->api_version != version; };
    if (!std::ranges::all_of(having, is_other)) std::erase_if(having, is_other);
    for (const RequestService* service : having) {
        if (service->api_version != having.front()->api_version)
            return ambiguous("The parameter Version must tell which " + std::string(action) + " is meant.");
    }
    return having.front();
}

Result<RecognizedRequest> recognize_action(const HttpRequest& request, const Fields& fields,
                                           std::span<const RequestService* const> services) {
    std::string_view action, version;
    for (const auto& [name, value] : fields.all()) {
        std::string_view* const named = name == "Action" ? &action : (name == "Version" ? &version : nullptr);
        if (named == nullptr) continue;
        if (named->data() != nullptr) return ambiguous("The request has several parameters " + name + ".");
        *named = value;
    }
    const auto service = service_of(action, version, services);
    if (!service) return std::unexpected(service.error());
    RecognizedRequest recognized;
    recognized.service = *service;
    recognized.operation = reference::find_request_operation(**service, action);
    recognized.protocol =
        (*service)->speaks(WireProtocol::ec2_query) ? WireProtocol::ec2_query : WireProtocol::query;
    recognized.needs_body = request.method == "POST";
    return recognized;
}

}  // namespace

Result<RecognizedRequest> recognize_query(const HttpRequest& head, const Fields& query,
                                          std::span<const RequestService* const> services) {
    if (head.method != "POST" && head.method != "GET")
        return unknown_operation("A Query request is a GET or a POST.");
    if (query.has("Action")) return recognize_action(head, query, services);
    RecognizedRequest recognized;
    recognized.service = *std::ranges::find_if(services, speaks_query);
    recognized.protocol =
        recognized.service->speaks(WireProtocol::ec2_query) ? WireProtocol::ec2_query : WireProtocol::query;
    recognized.needs_body = true;
    return recognized;
}

Result<RecognizedRequest> recognize_query_body(const HttpRequest& request,
                                               const RecognizedRequest& recognized, std::size_t bytes_max) {
    const auto fields = query_fields(request, bytes_max);
    if (!fields) return std::unexpected(fields.error());
    return recognize_action(request, *fields,
                            reference::request_services_signed_as(recognized.service->signing_name));
}

Result<Fields> query_fields(const HttpRequest& request, std::size_t bytes_max) {
    Fields fields;
    if (auto added = fields.add(query_of(request.target)); !added) return std::unexpected(added.error());
    if (request.method != "POST" || request.body.empty()) return fields;
    const std::string* type = find_header(request.headers, "Content-Type");
    if (type == nullptr || !is_form(*type))
        return unreadable("The body of a Query request is a form, and its Content-Type must say so.");
    const auto body = BodyText::of(request, bytes_max);
    if (!body) return std::unexpected(body.error());
    if (auto added = fields.add(body->text()); !added) return std::unexpected(added.error());
    return fields;
}

}  // namespace writ::gateway::internal
