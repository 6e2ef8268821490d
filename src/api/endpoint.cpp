#include "api/endpoint.h"

#include <exception>
#include <expected>
#include <optional>
#include <utility>

#include "api/json_error.h"
#include "api/last_uses.h"
#include "api/operation.h"
#include "api/patterns.h"
#include "api/perform.h"
#include "api/query/print.h"
#include "api/query/read.h"
#include "api/route.h"
#include "api/session_limits.h"
#include "api/validate.h"
#include "authz/authenticate.h"
#include "crypto/sigv4.h"

namespace writ::api {
namespace {

using reference::ApiService;

/// One request on its way: what is known so far, and so how errors are to be printed.
struct Journey {
    const HttpRequest& request;
    Answer& answer;
    const ApiService* service = nullptr;  ///< Null: not known yet.

    void fail(const Error& error) {
        answer.record.error_code = error.code;
        if (service != nullptr && service->protocol != reference::Protocol::query) {
            answer.response = print_json_error(service->protocol, error, request.request_id);
            return;
        }
        const bool of_service = service != nullptr && error.code != "InvalidAction";  // Q2
        answer.response = query::print_error(of_service ? service->xml_namespace : query::fault_namespace,
                                             error, request.request_id);
    }
};

Error missing_action() {
    return {"MissingAction", 400, "No Action specified"};
}

Error unknown_action(const QueryRequest& query) {  // Spec Q2.
    const std::string_view version = query.version.empty() ? "NO_VERSION_SPECIFIED" : query.version;
    return {"InvalidAction", 400,
            "Could not find operation " + std::string(query.action) + " for version " + std::string(version)};
}

Error not_implemented(const ApiService& service, std::string_view operation) {
    return {
        "NotImplemented", 501,
        "The operation " + std::string(service.name) + ":" + std::string(operation) + " is not implemented."};
}

Error internal_failure() {
    return {"InternalFailure", 500,
            "The request processing has failed because of an unknown error, exception or failure."};
}

/// The operation that the request names, of that service and version.
const reference::Operation* find_named_operation(const ApiService& service, const QueryRequest& query) {
    if (query.version != service.api_version) return nullptr;
    return reference::find_operation(service, query.action);
}

}  // namespace

Surroundings::Surroundings(EndpointConfig endpoint, const EndpointServices& services)
    : config(std::move(endpoint)),
      store(services.store),
      environment{.clock = services.clock,
                  .random = services.random,
                  .sealing = services.keys,
                  .quotas = config.quotas,
                  .partition = config.partition},
      tokens(services.keys),
      subjects(store, environment),
      authorizer(subjects) {}

struct Endpoint::Parts {
    Parts(EndpointConfig config, const EndpointServices& services)
        : at(std::move(config), services),
          authenticator(at.subjects, at.tokens, services.clock,
                        {at.config.region, std::string(global_region)}),
          last_uses(at) {}

    void handle(Journey& journey);
    void handle_unsigned(Journey& journey, const QueryRequest& query);
    void handle_query(Journey& journey, const QueryRequest& query, const authz::Caller& caller);
    [[nodiscard]] std::optional<authz::Caller> authenticate(Journey& journey,
                                                            const crypto::Authorization& authorization);
    [[nodiscard]] Result<Output> call(Journey& journey, const reference::Operation& model,
                                      const QueryRequest& query, const authz::Caller& caller);

    Surroundings at;
    authz::Authenticator authenticator;
    LastUses last_uses;
    Patterns patterns;
};

void Endpoint::Parts::handle(Journey& journey) {
    const HttpRequest& request = journey.request;
    auto query = read_query_request(request);
    if (!query) return journey.fail(query.error());
    journey.service = find_service_by_version(query->version);
    if (!crypto::claims_signature(request)) return handle_unsigned(journey, *query);

    const auto authorization = crypto::parse_authorization(request);
    if (!authorization) {
        return journey.fail(crypto::to_error(authorization.error(), crypto::CredentialDialect::query));
    }
    // Who signs for another service than the one of the version is told so; a service that is none of ours
    // is measured against the version too.
    if (const auto* scoped = reference::find_api_service(authorization->credential.service)) {
        journey.service = scoped;
    }
    if (journey.service == nullptr) journey.service = reference::find_api_service("sts");
    journey.answer.record.service = journey.service->name;

    const bool is_query = journey.service->protocol == reference::Protocol::query;
    if (is_query && path_of(request.target) != "/") {  // Spec 7.7, step 1.
        journey.answer.record.error_code = "UnknownOperationException";
        journey.answer.response = query::print_unknown_route(request.request_id);
        return;
    }
    if (is_query && query->action.empty()) return journey.fail(missing_action());
    const auto caller = authenticate(journey, *authorization);
    if (!caller) return;
    if (is_query) return handle_query(journey, *query, *caller);

    const reference::Operation* addressed = find_addressed_operation(*journey.service, request);
    if (addressed == nullptr) return journey.fail({"UnknownOperationException", 404, ""});
    journey.answer.record.action = addressed->name;
    journey.fail(not_implemented(*journey.service, addressed->name));
}

void Endpoint::Parts::handle_unsigned(Journey& journey, const QueryRequest& query) {
    if (path_of(journey.request.target) != "/") {
        journey.answer.record.error_code = "UnknownOperationException";
        journey.answer.response = query::print_unknown_route(journey.request.request_id);
        return;
    }
    if (query.action.empty()) return journey.fail(missing_action());
    if (journey.service != nullptr) {
        const reference::Operation* model = find_named_operation(*journey.service, query);
        if (model != nullptr && model->anonymous) {
            journey.answer.record.service = journey.service->name;
            journey.answer.record.action = model->name;
            return journey.fail(not_implemented(*journey.service, model->name));
        }
    }
    const auto missing = crypto::credential_error(crypto::CredentialFault::missing_authentication);
    journey.fail(crypto::to_error(missing, crypto::CredentialDialect::query));
}

std::optional<authz::Caller> Endpoint::Parts::authenticate(Journey& journey,
                                                           const crypto::Authorization& authorization) {
    RequestRecord& record = journey.answer.record;
    record.access_key_id = authorization.credential.access_key_id;
    auto caller = authenticator.authenticate(journey.request, authorization, journey.service->name);
    if (!caller) {
        if (caller.error().error.http_status >= 500) record.defect = "the caller could not be looked up";
        journey.fail(caller.error().error);
        return std::nullopt;
    }
    record.account = caller->principal->account;
    record.caller_arn = caller->principal->arn;
    last_uses.note(*caller, journey.service->name, at.environment.clock.now());
    return std::move(*caller);
}

void Endpoint::Parts::handle_query(Journey& journey, const QueryRequest& query, const authz::Caller& caller) {
    const reference::Operation* model = find_named_operation(*journey.service, query);
    if (model == nullptr) return journey.fail(unknown_action(query));
    journey.answer.record.action = model->name;
    const auto output = call(journey, *model, query, caller);
    if (!output) return journey.fail(output.error());
    journey.answer.response =
        query::print_answer(*journey.service, *model, *output, journey.request.request_id);
}

Result<Output> Endpoint::Parts::call(Journey& journey, const reference::Operation& model,
                                     const QueryRequest& query, const authz::Caller& caller) {
    const ApiService& service = *journey.service;
    if (auto may = check_session_may_call(caller, service.name, model.name); !may) {
        return std::unexpected(may.error());
    }
    const Operation* operation = find_operation(service.name, model.name);
    if (operation == nullptr) return std::unexpected(not_implemented(service, model.name));
    const auto input = query::read_input(query.form, model.input);
    if (!input) return std::unexpected(input.error());
    if (auto valid = validate(*input, patterns); !valid) return std::unexpected(valid.error());
    const Call call{service, model, *input, caller, journey.request, at, at.environment.clock.now()};
    return perform(*operation, call, journey.answer.record);
}

Endpoint::Endpoint(EndpointConfig config, EndpointServices services)
    : parts_(std::make_unique<Parts>(std::move(config), services)) {}

Endpoint::~Endpoint() {
    flush();
}

Answer Endpoint::handle(const HttpRequest& request) noexcept {
    Answer answer;
    Journey journey{.request = request, .answer = answer};
    try {
        parts_->handle(journey);
    } catch (const std::exception& bug) {  // Errors are values here: this is memory running out, or a bug.
        answer.record.defect = bug.what();
        journey.fail(internal_failure());
    }
    return answer;
}

void Endpoint::flush() noexcept {
    try {
        parts_->last_uses.flush();
    } catch (const std::exception&) {  // Out of memory: what was noted is tried again.
        return;
    }
}

}  // namespace writ::api
