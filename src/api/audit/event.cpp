#include "api/audit/event.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "api/audit/identity.h"
#include "api/audit/parameters.h"
#include "api/audit/resources.h"
#include "api/audit/secrets.h"
#include "api/audit/writer.h"
#include "api/json/errors.h"
#include "base/arn.h"
#include "base/request_ids.h"
#include "reference/authorization.h"

namespace writ::api::audit {
namespace {

constexpr std::string_view event_version = "1.11";
constexpr std::size_t text_bytes_max = 1'024;  // Of user agent, error code and error message.

/// What the page on IAM and CloudTrail says of operations that give temporary credentials.
struct CredentialsCall {
    std::string_view action;
    bool read_only;
};
constexpr auto credentials_calls = std::to_array<CredentialsCall>({
    {"sts:AssumeRole", true},
    {"sts:AssumeRoleWithSAML", true},
    {"sts:AssumeRoleWithWebIdentity", true},
    {"sts:AssumeRoot", false},
    {"sts:GetFederationToken", false},
    {"sts:GetSessionToken", false},
});

const CredentialsCall* find_credentials_call(std::string_view action) noexcept {
    const auto* const found = std::ranges::find(credentials_calls, action, &CredentialsCall::action);
    return found == credentials_calls.end() ? nullptr : found;
}

std::string action_of(const reference::ApiService& service, const reference::Operation& operation) {
    return std::string(service.name).append(":").append(operation.name);
}

std::string action_of(const AuditedCall& call) {
    if (call.service != nullptr) return action_of(*call.service, *call.operation);
    return std::string(call.guarded.service).append(":").append(call.guarded.operation);
}

bool is_read_only(std::string_view action) noexcept {
    if (const auto* call = find_credentials_call(action); call != nullptr) return call->read_only;
    const auto* known = reference::find_action(action);
    using enum reference::AccessLevel;
    return known != nullptr && (known->access_level == read || known->access_level == list);
}

bool is_read_only(const AuditedCall& call, std::string_view action) noexcept {
    return call.service == nullptr ? call.guarded.is_read_only : is_read_only(action);
}

bool tells_response(std::string_view action) noexcept {
    return find_credentials_call(action) != nullptr || !is_read_only(action);
}

/// At most so many bytes, and no broken scalar at the end.
std::string_view shortened(std::string_view text) noexcept {
    if (text.size() <= text_bytes_max) return text;
    std::size_t end = text_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end);
}

/// The name of the model's exception where the wire has a shorter code.
std::string_view exception_of(const reference::Operation& operation, std::string_view code) noexcept {
    const auto known = std::ranges::find_if(
        operation.errors, [&](const reference::ErrorShape* error) { return error->code == code; });
    return known == operation.errors.end() ? code : (*known)->name;
}

/// What is different in the events of one call.
struct Recipient {
    std::string account_id;
    std::string event_id;
    std::string shared_event_id{};  ///< Empty: there is only one.
    bool is_foreign = false;        ///< The caller is of another account.
};

/// The account of the role that was assumed, when it is not the caller's. Denials are told to the caller's
/// account only.
std::optional<std::string> other_account_of(const AuditedCall& call, std::string_view action) {
    if (action != "sts:AssumeRole" || !call.error_code.empty() || call.resource_arns.empty()) {
        return std::nullopt;
    }
    const auto role = parse_arn(call.resource_arns.front());
    if (!role || role->account == call.caller.principal->account) return std::nullopt;
    return std::string(role->account);
}

std::vector<Recipient> recipients_of(const AuditedCall& call, std::string_view action, RandomSource& random) {
    std::vector<Recipient> recipients{{call.caller.principal->account, make_uuid(random)}};
    if (auto other = other_account_of(call, action)) {
        recipients.front().shared_event_id = make_uuid(random);
        recipients.push_back(
            {std::move(*other), make_uuid(random), recipients.front().shared_event_id, true});
    }
    return recipients;
}

void write_json(Writer& writer, std::string_view key, const std::string& json) {
    write_key(writer, key);
    writer.RawValue(json.data(), json.size(), rapidjson::kObjectType);
}

void write_who_and_where(Writer& writer, const AuditedCall& call, const Regions& regions,
                         const Recipient& recipient) {
    using namespace std::string_view_literals;
    write(writer, "eventVersion", event_version);
    write_key(writer, "userIdentity");
    recipient.is_foreign ? write_foreign_identity(writer, call.caller) : write_identity(writer, call.caller);
    write(writer, "eventTime", format_iso8601(call.at));
    if (call.service == nullptr) {
        write(writer, "eventSource", std::string(call.guarded.service).append(".amazonaws.com"));
        write(writer, "eventName", call.guarded.operation);
        write(writer, "awsRegion", call.guarded.region);
    } else {
        write(writer, "eventSource", std::string(call.service->name).append(".amazonaws.com"));
        write(writer, "eventName", call.operation->name);
        write(writer, "awsRegion", call.service->name == "sts"sv ? regions.own : regions.global);
    }
    write(writer, "sourceIPAddress", call.source_address);
    if (!call.user_agent.empty()) write(writer, "userAgent", call.user_agent);
}

void write_what_came_of_it(Writer& writer, const AuditedCall& call) {
    if (!call.error_code.empty()) {
        write(writer, "errorCode", call.error_code);
        if (!call.error_message.empty()) write(writer, "errorMessage", call.error_message);
    }
    write_json(writer, "requestParameters", call.parameters_json);
    write_json(writer, "responseElements", call.response_json);
}

std::string print_event(const AuditedCall& call, const Regions& regions, std::string_view action,
                        const Recipient& recipient) {
    using namespace std::string_view_literals;
    rapidjson::StringBuffer json;
    Writer writer(json);
    writer.StartObject();
    write_who_and_where(writer, call, regions, recipient);
    write_what_came_of_it(writer, call);
    write(writer, "requestID", call.request_id);
    write(writer, "eventID", recipient.event_id);
    write(writer, "readOnly", is_read_only(call, action));
    if (!call.resource_arns.empty()) {
        write_key(writer, "resources");
        writer.StartArray();
        for (const std::string& arn : call.resource_arns) write_resource(writer, arn);
        writer.EndArray();
    }
    write(writer, "eventType", "AwsApiCall"sv);
    write(writer, "apiVersion",
          call.service == nullptr ? call.guarded.api_version : call.service->api_version);
    write(writer, "managementEvent", !call.guarded.is_data_event);
    write(writer, "recipientAccountId", recipient.account_id);
    if (!recipient.shared_event_id.empty()) write(writer, "sharedEventID", recipient.shared_event_id);
    write(writer, "eventCategory", call.guarded.is_data_event ? "Data"sv : "Management"sv);
    writer.EndObject();
    return {json.GetString(), json.GetSize()};
}

}  // namespace

AuditedCall::AuditedCall(const reference::ApiService& called_service,
                         const reference::Operation& called_operation, authz::Caller who,
                         const HttpRequest& request, const Input* input, Instant now)
    : service(&called_service),
      operation(&called_operation),
      caller(std::move(who)),
      at(now),
      source_address(request.peer_address),
      request_id(request.request_id),
      parameters_json(input == nullptr ? "null" : print_parameters(*input)) {
    if (const std::string* agent = find_header(request.headers, "User-Agent")) user_agent = shortened(*agent);
}

AuditedCall::AuditedCall(GuardedCall called, authz::Caller who, const HttpRequest& request, Instant now)
    : guarded(std::move(called)),
      caller(std::move(who)),
      at(now),
      source_address(request.peer_address),
      request_id(request.request_id) {
    if (const std::string* agent = find_header(request.headers, "User-Agent")) user_agent = shortened(*agent);
}

void AuditedCall::succeeded(const Output& output) {
    if (service == nullptr) return;
    if (!tells_response(action_of(*service, *operation))) return;
    response_json = print_response(operation->output, output);
}

void AuditedCall::failed(const Error& error) {
    const bool is_query = service == nullptr || service->protocol == reference::Protocol::query;
    const Error told = is_query ? error : json::in_words_of(*service, error);
    error_code = shortened(operation == nullptr ? told.code : exception_of(*operation, told.code));
    error_message = holds_private_key(told.message) ? "HIDDEN_DUE_TO_SECURITY_REASONS"
                                                    : std::string(shortened(told.message));
}

bool is_read_only(const reference::ApiService& service, const reference::Operation& operation) {
    return is_read_only(action_of(service, operation));
}

std::vector<directory::AuditEvent> events_of(const AuditedCall& call, const Regions& regions, bool of_change,
                                             RandomSource& random) {
    const std::string action = action_of(call);
    std::vector<directory::AuditEvent> events;
    for (const Recipient& recipient : recipients_of(call, action, random)) {
        events.push_back({.id = recipient.event_id,
                          .occurred_at = call.at,
                          .of_change = of_change,
                          .caller_arn = call.caller.principal->arn,
                          .access_key_id = call.caller.access_key_id,
                          .action = action,
                          .resource_arns = call.resource_arns,
                          .error_code = call.error_code,
                          .json = print_event(call, regions, action, recipient),
                          .account_id = recipient.account_id});
    }
    return events;
}

}  // namespace writ::api::audit
