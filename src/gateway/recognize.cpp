#include "gateway/recognize.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "base/text.h"
#include "gateway/internal/errors.h"
#include "gateway/internal/requests/fields.h"
#include "gateway/internal/requests/query_operation.h"
#include "gateway/internal/requests/request_host.h"
#include "gateway/internal/requests/rest.h"

namespace writ::gateway {
namespace {

using internal::Fields;
using internal::malformed;
using internal::RequestHost;
using reference::RequestService;
using Services = std::vector<const RequestService*>;

std::string_view path_of(std::string_view target) noexcept {
    return target.substr(0, target.find('?'));
}

/// The only header of that name; null when there is none. Errors: MalformedRequest when there are several.
Result<const std::string*> only_header(const HttpRequest& head, std::string_view name) {
    const std::string* found = nullptr;
    for (const auto& [key, value] : head.headers) {
        if (key.size() != name.size() || !equals_ignoring_case(key, name)) continue;
        if (found != nullptr) return malformed("The request has several headers " + std::string(name) + ".");
        found = &value;
    }
    return found;
}

/// What in the head says which protocol the request is of.
struct Marks {
    const std::string* cbor = nullptr;    ///< smithy-protocol.
    const std::string* target = nullptr;  ///< X-Amz-Target.
    bool form = false;
    bool form_upload = false;  ///< multipart/form-data.
    bool action_in_query = false;
};

Result<Marks> read_marks(const HttpRequest& head, const Fields& query) {
    const auto cbor = only_header(head, "smithy-protocol");
    if (!cbor) return std::unexpected(cbor.error());
    const auto target = only_header(head, "X-Amz-Target");
    if (!target) return std::unexpected(target.error());
    const auto type = only_header(head, "Content-Type");
    if (!type) return std::unexpected(type.error());
    Marks marks{*cbor, *target, *type != nullptr && internal::is_form(**type),
                *type != nullptr && internal::is_form_upload(**type), query.has("Action")};
    const bool named_in_head = marks.cbor != nullptr || marks.target != nullptr;
    if ((marks.cbor != nullptr && marks.target != nullptr) ||
        (named_in_head && (marks.form || marks.form_upload || marks.action_in_query))) {
        return internal::ambiguous("The request is of two protocols at once.");
    }
    return marks;
}

/// "/service/GraniteServiceVersion20100801/operation/PutMetricData".
struct CborPath {
    std::string_view service, operation;
};
std::optional<CborPath> read_cbor_path(std::string_view path) noexcept {
    constexpr std::string_view before = "/service/", between = "/operation/";
    const std::size_t middle = path.find(between);
    if (!path.starts_with(before) || middle == std::string_view::npos) return std::nullopt;
    return CborPath{path.substr(before.size(), middle - before.size()), path.substr(middle + between.size())};
}

/// "DynamoDB_20120810.GetItem": the prefix may hold dots itself.
CborPath read_target(std::string_view target) noexcept {
    const std::size_t dot = target.rfind('.');
    if (dot == std::string_view::npos) return {{}, target};
    return {target.substr(0, dot), target.substr(dot + 1)};
}

/// Whose operation an unsigned request names in a header or path of its protocol, by that name.
const RequestService* addressed_service(const Marks& marks, std::string_view path) {
    if (marks.target != nullptr)
        return reference::find_request_service_by_target(read_target(*marks.target).service);
    const auto named = marks.cbor == nullptr ? std::nullopt : read_cbor_path(path);
    return named ? reference::find_request_service_by_target(named->service) : nullptr;
}

/// The models that may be meant: those of the signing name, less what the host rules out.
Result<Services> services_for(const HttpRequest& head, std::string_view signing_name, const RequestHost& host,
                              const Marks& marks, const Hosts& hosts) {
    if (signing_name.empty()) {
        signing_name = host.signing_name;
        if (signing_name.empty()) {
            const RequestService* addressed = addressed_service(marks, path_of(head.target));
            signing_name = addressed != nullptr ? addressed->signing_name : hosts.unsigned_service;
        }
        if (signing_name.empty()) {
            return internal::unknown_service(
                "The request is not signed, and its host does not say which service it is for.");
        }
    }
    const auto signed_as = reference::request_services_signed_as(signing_name);
    if (signed_as.empty())
        return internal::unknown_service("No service is signed as " + internal::quoted(signing_name) + ".");
    Services services(signed_as.begin(), signed_as.end());
    if (host.services.empty()) return services;
    std::erase_if(services, [&](const RequestService* service) {
        return std::ranges::find(host.services, service) == host.services.end();
    });
    if (services.empty()) {
        return internal::ambiguous("The request is signed for " + internal::quoted(signing_name) +
                                   ", and its host is one of " + internal::quoted(host.signing_name) + ".");
    }
    return services;
}

Result<RecognizedRequest> recognized_by_name(const RequestService& service, std::string_view operation,
                                             WireProtocol protocol) {
    const auto* found = reference::find_request_operation(service, operation);
    if (found == nullptr) {
        return internal::unknown_operation(std::string(service.id) + " has no operation " +
                                           internal::quoted(operation) + ".");
    }
    RecognizedRequest recognized;
    recognized.service = &service;
    recognized.operation = found;
    recognized.protocol = protocol;
    recognized.needs_body = found->input != nullptr && !found->input->members.empty();
    return recognized;
}

Result<RecognizedRequest> recognize_cbor(const HttpRequest& head, const Services& services,
                                         const Marks& marks) {
    if (!equals_ignoring_case(*marks.cbor, "rpc-v2-cbor"))
        return internal::unknown_operation("The protocol " + internal::quoted(*marks.cbor) +
                                           " is not known.");
    const auto named = read_cbor_path(path_of(head.target));
    if (!named || head.method != "POST")
        return malformed("A request of the protocol rpc-v2-cbor is a POST to /service/NAME/operation/NAME.");
    for (const RequestService* service : services) {
        if (service->speaks(WireProtocol::rpc_v2_cbor) && service->target_prefix == named->service)
            return recognized_by_name(*service, named->operation, WireProtocol::rpc_v2_cbor);
    }
    return internal::unknown_operation("No service " + internal::quoted(named->service) + " is signed so.");
}

/// Two models may share a prefix: the first that has the operation is meant, by whatever name it goes.
Result<RecognizedRequest> recognize_json(const HttpRequest& head, const Services& services,
                                         const Marks& marks) {
    const auto named = read_target(*marks.target);
    if (head.method != "POST" || path_of(head.target) != "/")
        return malformed("A request with the header X-Amz-Target is a POST to /.");
    const RequestService* of_prefix = nullptr;
    for (const RequestService* service : services) {
        const bool is_1_0 = service->speaks(WireProtocol::json_1_0);
        if (service->target_prefix != named.service || !(is_1_0 || service->speaks(WireProtocol::json_1_1)))
            continue;
        of_prefix = service;
        if (reference::find_request_operation(*service, named.operation) == nullptr) continue;
        return recognized_by_name(*service, named.operation,
                                  is_1_0 ? WireProtocol::json_1_0 : WireProtocol::json_1_1);
    }
    if (of_prefix != nullptr) return recognized_by_name(*of_prefix, named.operation, WireProtocol::json_1_1);
    return internal::unknown_operation("No operation " + internal::quoted(*marks.target) +
                                       " belongs to the service that the request is signed for.");
}

bool speaks_rest(const RequestService* service) noexcept {
    return service->speaks(WireProtocol::rest_json) || service->speaks(WireProtocol::rest_xml);
}

/// Query requests go to "/"; only the queues of SQS have paths of their own.
bool may_be_query(const HttpRequest& head, const Services& services, const Marks& marks) noexcept {
    const bool has_action = marks.action_in_query || (marks.form && head.method == "POST");
    const bool at_place = path_of(head.target) == "/" || services.front()->id == "sqs";
    return has_action && at_place && std::ranges::any_of(services, internal::speaks_query);
}

}  // namespace

Result<RecognizedRequest> recognize(const HttpRequest& head, std::string_view signing_name,
                                    const Hosts& hosts) {
    Fields query;
    if (auto added = query.add(internal::query_of(head.target)); !added)
        return std::unexpected(added.error());
    const auto marks = read_marks(head, query);
    if (!marks) return std::unexpected(marks.error());
    const auto host = internal::read_host(head, hosts);
    if (!host) return std::unexpected(host.error());
    const auto services = services_for(head, signing_name, *host, *marks, hosts);
    if (!services) return std::unexpected(services.error());

    if (marks->cbor != nullptr) return recognize_cbor(head, *services, *marks);
    if (marks->target != nullptr) return recognize_json(head, *services, *marks);
    if (may_be_query(head, *services, *marks)) return internal::recognize_query(head, query, *services);
    if (!std::ranges::any_of(*services, speaks_rest)) {
        return internal::unknown_operation("The request names no operation of " +
                                           std::string(services->front()->signing_name) + ".");
    }
    if (marks->action_in_query && std::ranges::any_of(*services, internal::speaks_query))
        return internal::ambiguous("The request is of two protocols at once.");
    auto recognized = internal::recognize_rest(head, query, *host, signing_name, *services);
    // A server that speaks several protocols may look for an Action in whatever is called a form. An object
    // of S3 may be of any type.
    if (recognized && recognized->service->id != "s3" && (marks->form || marks->form_upload))
        return internal::ambiguous("The body of the request is called a form, which no operation takes.");
    return recognized;
}

Result<RecognizedRequest> recognize_with_body(const HttpRequest& request, RecognizedRequest recognized,
                                              const BodyLimits& limits) {
    if (recognized.operation != nullptr) return recognized;
    return internal::recognize_query_body(request, recognized, limits.bytes_max);
}

}  // namespace writ::gateway
