#include "gateway/internal/requests/query_operation.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "gateway/internal/errors.h"
#include "gateway/internal/requests/body_text.h"

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

/// What names the operation: Action and Version, each in the query string or in the form.
class Names {
  public:
    /// Looks for them and at nothing else; the other fields are read later. Errors: AmbiguousRequest for the
    /// second of a name, MalformedRequest.
    Result<void> find(std::string_view encoded) {
        while (!encoded.empty()) {
            const std::string_view pair = encoded.substr(0, encoded.find('&'));
            encoded.remove_prefix(std::min(encoded.size(), pair.size() + 1));
            if (may_be_name(pair.substr(0, pair.find('='))))
                if (auto added = add(pair); !added) return added;
        }
        return {};
    }

    [[nodiscard]] std::string_view action() const noexcept { return action_ ? *action_ : std::string_view{}; }
    [[nodiscard]] std::string_view version() const noexcept {
        return version_ ? *version_ : std::string_view{};
    }

  private:
    /// Some servers do not mind the case.
    static bool is_name(std::string_view name) noexcept {
        return equals_ignoring_case(name, "Action") || equals_ignoring_case(name, "Version");
    }
    static bool may_be_name(std::string_view name) noexcept {
        return is_name(name) || name.find('%') != std::string_view::npos;
    }

    Result<void> add(std::string_view pair) {
        Fields fields;
        if (auto added = fields.add(pair); !added) return added;
        for (const auto& [name, value] : fields.all()) {
            if (!is_name(name)) continue;
            if (name != "Action" && name != "Version")
                return ambiguous("The parameter " + quoted(name) + " is not spelled as it must be.");
            auto& named = name == "Action" ? action_ : version_;
            if (named) return ambiguous("The request has several parameters " + name + ".");
            named = value;
        }
        return {};
    }

    std::optional<std::string> action_, version_;
};

Result<RecognizedRequest> recognize_named(const HttpRequest& request, const Names& names,
                                          std::span<const RequestService* const> services) {
    const auto service = service_of(names.action(), names.version(), services);
    if (!service) return std::unexpected(service.error());
    RecognizedRequest recognized;
    recognized.service = *service;
    recognized.operation = reference::find_request_operation(**service, names.action());
    recognized.protocol =
        (*service)->speaks(WireProtocol::ec2_query) ? WireProtocol::ec2_query : WireProtocol::query;
    recognized.needs_body = request.method == "POST";
    return recognized;
}

/// The form in the body of a request, which says that it is one; empty without a body.
Result<BodyText> read_form_text(const HttpRequest& request, std::size_t bytes_max) {
    if (request.method != "POST" || request.body.empty()) return BodyText{};
    const std::string* type = find_header(request.headers, "Content-Type");
    if (type == nullptr || !is_form(*type))
        return unreadable("The body of a Query request is a form, and its Content-Type must say so.");
    return BodyText::of(request, bytes_max);
}

}  // namespace

Result<RecognizedRequest> recognize_query(const HttpRequest& head, const Fields& query,
                                          std::span<const RequestService* const> services) {
    if (head.method != "POST" && head.method != "GET")
        return unknown_operation("A Query request is a GET or a POST.");
    if (query.has("Action")) {
        Names names;
        if (auto found = names.find(query_of(head.target)); !found) return std::unexpected(found.error());
        return recognize_named(head, names, services);
    }
    RecognizedRequest recognized;
    recognized.service = *std::ranges::find_if(services, speaks_query);
    recognized.protocol =
        recognized.service->speaks(WireProtocol::ec2_query) ? WireProtocol::ec2_query : WireProtocol::query;
    recognized.needs_body = true;
    return recognized;
}

Result<RecognizedRequest> recognize_query_body(const HttpRequest& request,
                                               const RecognizedRequest& recognized, std::size_t bytes_max) {
    const auto form = read_form_text(request, bytes_max);
    if (!form) return std::unexpected(form.error());
    Names names;
    for (const std::string_view encoded : {query_of(request.target), form->text()})
        if (auto found = names.find(encoded); !found) return std::unexpected(found.error());
    return recognize_named(request, names,
                           reference::request_services_signed_as(recognized.service->signing_name));
}

Result<Fields> query_fields(const HttpRequest& request, std::size_t bytes_max) {
    const auto form = read_form_text(request, bytes_max);
    if (!form) return std::unexpected(form.error());
    Fields fields;
    for (const std::string_view encoded : {query_of(request.target), form->text()})
        if (auto added = fields.add(encoded); !added) return std::unexpected(added.error());
    return fields;
}

}  // namespace writ::gateway::internal
