#include "api/endpoint.h"

#include <exception>
#include <expected>
#include <optional>
#include <thread>
#include <utility>

#include "api/audit/event.h"
#include "api/discovery.h"
#include "api/json/print.h"
#include "api/json/read.h"
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
#include "reference/authorization.h"

namespace writ::api {
namespace {

using reference::ApiService;

/// One request on its way: what is known so far, and so how errors are to be printed.
struct Journey {
    const HttpRequest& request;
    Answer& answer;
    const ApiService* service = nullptr;              ///< Null: not known yet.
    const reference::Operation* operation = nullptr;  ///< Null: none that is known.
    std::optional<authz::Caller> caller{};            ///< Nothing: not recognised (yet).
    std::optional<Input> input{};                     ///< Nothing: not read (yet).
    std::optional<Output> output{};                   ///< Of success.
    std::optional<Error> error{};                     ///< What was answered instead.

    void fail(const Error& why) {
        error = why;
        answer.record.error_code = error->code;
        if (!error->defect.empty()) answer.record.defect = error->defect;
        if (service != nullptr && service->protocol != reference::Protocol::query) {
            answer.response = json::print_error(*service, *error);
            return;
        }
        const bool of_service = service != nullptr && error->code != "InvalidAction";  // Q2
        answer.response = query::print_error(of_service ? service->xml_namespace : query::fault_namespace,
                                             *error, request.request_id);
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

Error method_not_allowed(std::string_view method) {
    return {"MethodNotAllowed", 405,
            "The HTTP method " + std::string(method) + " is not supported; send GET or POST."};
}

/// The Query protocol knows two methods (spec Q1).
bool is_query_method(std::string_view method) {
    return method == "GET" || method == "POST";
}

crypto::CredentialDialect dialect_of(const ApiService* service) {
    const bool json = service != nullptr && service->protocol != reference::Protocol::query;
    return json ? crypto::CredentialDialect::json : crypto::CredentialDialect::query;
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
      resources(store, environment),
      authorizer(subjects),
      denials(store, environment),
      audit(store, environment, config.audit, {config.region, global_region()}) {}

struct Endpoint::Parts {
    Parts(EndpointConfig config, const EndpointServices& services)
        : at(std::move(config), services),
          authenticator(at.subjects, at.tokens, services.clock, at.config.partition,
                        {at.config.region, std::string(at.global_region())}),
          last_uses(at.store, at.environment, at.config.region) {}

    void handle(Journey& journey);
    static void note_operation(Journey& journey, const QueryRequest& query);
    void handle_signed(Journey& journey, const QueryRequest& query,
                       const crypto::Authorization& authorization);
    static void handle_unsigned(Journey& journey, const QueryRequest& query);
    void carry_out(Journey& journey, const QueryRequest& query);
    void authenticate(Journey& journey, const crypto::Authorization& authorization);
    [[nodiscard]] Result<Output> call(Journey& journey, const reference::Operation& model,
                                      const QueryRequest& query);
    void note_event(const Journey& journey);

    Surroundings at;
    authz::Authenticator authenticator;
    LastUses last_uses;
    Patterns patterns;
};

void Endpoint::Parts::handle(Journey& journey) {
    const HttpRequest& request = journey.request;
    if (auto document = answer_discovery(at, request)) {
        journey.answer.response = std::move(*document);
        return;
    }
    journey.service = find_addressed_json_service(request);
    if (journey.service == nullptr && !is_query_method(request.method)) {
        journey.fail(method_not_allowed(request.method));
        journey.answer.response.headers.emplace_back("Allow", "GET, POST");
        return;
    }
    auto query = read_query_request(request);
    if (!query) return journey.fail(query.error());
    if (journey.service == nullptr) journey.service = find_service_by_version(query->version);
    note_operation(journey, *query);
    if (!crypto::claims_signature(request)) return handle_unsigned(journey, *query);

    const auto authorization = crypto::parse_authorization(request);
    if (!authorization) {
        return journey.fail(crypto::to_error(authorization.error(), dialect_of(journey.service)));
    }
    handle_signed(journey, *query, *authorization);
}

void Endpoint::Parts::handle_signed(Journey& journey, const QueryRequest& query,
                                    const crypto::Authorization& authorization) {
    // Who signs for another service than the one of the version is told so; a service that is none of ours
    // is measured against the version too.
    if (const auto* scoped = reference::find_api_service(authorization.credential.service)) {
        if (scoped != journey.service) {
            journey.service = scoped;
            note_operation(journey, query);
        }
    }
    if (journey.service == nullptr) journey.service = reference::find_api_service("sts");
    journey.answer.record.service = journey.service->name;

    const bool is_query = journey.service->protocol == reference::Protocol::query;
    if (is_query && path_of(journey.request.target) != "/") {  // Spec 7.7, step 1.
        journey.answer.record.error_code = "UnknownOperationException";
        journey.answer.response = query::print_unknown_route();
        return;
    }
    if (is_query && query.action.empty()) return journey.fail(missing_action());
    authenticate(journey, authorization);
    if (journey.caller) carry_out(journey, query);
}

// Known before the caller is: log and metrics name it whatever happens then.
void Endpoint::Parts::note_operation(Journey& journey, const QueryRequest& query) {
    journey.operation = nullptr;
    if (journey.service != nullptr) {
        journey.operation = journey.service->protocol == reference::Protocol::query
                                ? find_named_operation(*journey.service, query)
                                : find_addressed_operation(*journey.service, journey.request);
    }
    const bool known = journey.operation != nullptr;
    journey.answer.record.service = known ? journey.service->name : std::string_view{};
    journey.answer.record.action = known ? journey.operation->name : std::string_view{};
}

void Endpoint::Parts::handle_unsigned(Journey& journey, const QueryRequest& query) {
    const bool is_json = dialect_of(journey.service) == crypto::CredentialDialect::json;
    if (!is_json && path_of(journey.request.target) != "/") {
        journey.answer.record.error_code = "UnknownOperationException";
        journey.answer.response = query::print_unknown_route();
        return;
    }
    if (!is_json && query.action.empty()) return journey.fail(missing_action());
    if (journey.operation != nullptr && journey.operation->anonymous) {
        return journey.fail(not_implemented(*journey.service, journey.operation->name));
    }
    const auto missing = crypto::credential_error(crypto::CredentialFault::missing_authentication);
    journey.fail(crypto::to_error(missing, dialect_of(journey.service)));
}

void Endpoint::Parts::authenticate(Journey& journey, const crypto::Authorization& authorization) {
    RequestRecord& record = journey.answer.record;
    record.access_key_id = authorization.credential.access_key_id;
    auto caller = authenticator.authenticate(journey.request, authorization, journey.service->name,
                                             dialect_of(journey.service));
    if (!caller) {
        Error& error = caller.error().error;
        if (error.http_status >= 500) {
            error.defect.insert(0, "the caller could not be looked up: ");
        }
        return journey.fail(error);
    }
    record.account = caller->principal->account;
    record.caller_arn = caller->principal->arn;
    last_uses.note(*caller, journey.service->name, at.environment.clock.now());
    journey.caller = std::move(*caller);
}

void Endpoint::Parts::carry_out(Journey& journey, const QueryRequest& query) {
    const bool is_query = journey.service->protocol == reference::Protocol::query;
    const reference::Operation* model = journey.operation;
    if (model == nullptr) {
        return journey.fail(is_query ? unknown_action(query) : Error{"UnknownOperationException", 404, ""});
    }
    auto output = call(journey, *model, query);
    if (!output) return journey.fail(output.error());
    const std::string_view request_id = journey.request.request_id;
    journey.answer.response = is_query ? query::print_answer(*journey.service, *model, *output, request_id)
                                       : json::print_answer(*model, *output);
    journey.output = std::move(*output);
}

Result<Output> Endpoint::Parts::call(Journey& journey, const reference::Operation& model,
                                     const QueryRequest& query) {
    const ApiService& service = *journey.service;
    const authz::Caller& caller = *journey.caller;
    if (auto may = check_session_may_call(caller, service.name, model.name); !may) {
        return std::unexpected(may.error());
    }
    const Operation* operation = find_operation(service.name, model.name);
    if (operation == nullptr) return std::unexpected(not_implemented(service, model.name));
    auto read = service.protocol == reference::Protocol::query
                    ? query::read_input(query.form, model.input)
                    : json::read_input(journey.request.body, model.input);
    if (!read) return std::unexpected(read.error());
    const Input& input = journey.input.emplace(std::move(*read));
    if (auto valid = validate(input, patterns); !valid) return std::unexpected(valid.error());
    const Call call{service, model, input, caller, journey.request, at, at.environment.clock.now()};
    last_uses.note_action(caller, operation->action, call.now);
    return perform(*operation, call, journey.answer.record);
}

/// Calls of somebody known, of an operation that exists. Whom nobody knows has no account to be told in.
void Endpoint::Parts::note_event(const Journey& journey) {
    if (!journey.caller || journey.operation == nullptr || journey.answer.record.is_audited) return;
    if (!at.audit.wants(*journey.service, *journey.operation)) return;
    audit::AuditedCall event(*journey.service, *journey.operation, *journey.caller, journey.request,
                             journey.input ? &*journey.input : nullptr, at.environment.clock.now());
    event.resource_arns = journey.answer.record.resource_arns;
    if (journey.error) event.failed(*journey.error);
    if (journey.output) event.succeeded(*journey.output);
    at.audit.note(std::move(event));
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
    try {
        parts_->note_event(journey);
    } catch (const std::exception& bug) {
        answer.record.defect = bug.what();
    }
    return answer;
}

HttpResponse Endpoint::refuse_for_now(const HttpRequest& request) {
    Answer answer;
    Journey journey{.request = request, .answer = answer, .service = find_addressed_json_service(request)};
    journey.fail(
        {"ServiceUnavailable", 503, "The request has failed due to a temporary failure of the server."});
    return std::move(answer.response);
}

void Endpoint::flush() noexcept {
    try {
        parts_->last_uses.flush();
        parts_->at.denials.flush();
        parts_->at.audit.flush();
    } catch (const std::exception&) {  // Out of memory: what was noted is tried again.
        return;
    }
}

void Endpoint::keep_audit_trail(const std::stop_token& stop) noexcept {
    while (!stop.stop_requested()) {
        try {
            parts_->at.audit.run(stop);
        } catch (const std::exception&) {  // Out of memory.
            std::this_thread::sleep_for(std::chrono::seconds(1));
        }
    }
}

audit::State Endpoint::audit_state() const {
    return parts_->at.audit.state();
}

Surroundings& Endpoint::surroundings() noexcept {
    return parts_->at;
}

void Endpoint::note_use(const authz::Caller& caller, std::string_view service) {
    parts_->last_uses.note(caller, service, parts_->at.environment.clock.now());
}

void Endpoint::warm_up() noexcept {
    static_cast<void>(reference::find_action("iam:GetUser"));
    static_cast<void>(reference::find_condition_key("aws:PrincipalArn"));
}

}  // namespace writ::api
