#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/input.h"
#include "api/output.h"
#include "authz/caller.h"
#include "base/http.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "directory/reports/audit_events.h"
#include "reference/api_model.h"

/// Calls as events in the shape of CloudTrail's management and data events, version 1.11.
namespace writ::api::audit {

/// A call of a service behind the gateway. What is a view lives as long as the program.
struct GuardedCall {
    std::string_view service;    ///< Signing name: "dynamodb".
    std::string_view operation;  ///< "GetItem".
    std::string_view api_version;
    std::string region;
    bool is_read_only = false;
    bool is_data_event = false;
};

/// What an event tells of one call. Holds nothing secret. Facts of the model live as long as the program.
struct AuditedCall {
    /// `input` may be null: the parameters could not be read.
    AuditedCall(const reference::ApiService& called_service, const reference::Operation& called_operation,
                authz::Caller who, const HttpRequest& request, const Input* input, Instant now);
    /// Parameters and answers of guarded services are not told: they are what those keep.
    AuditedCall(GuardedCall called, authz::Caller who, const HttpRequest& request, Instant now);

    /// How it ended, once that is known. Success tells the answer's elements where CloudTrail does.
    void succeeded(const Output& output);
    void failed(const Error& error);

    const reference::ApiService* service = nullptr;   ///< Null: guarded.
    const reference::Operation* operation = nullptr;  ///< The same.
    GuardedCall guarded;                              ///< Of guarded services.
    authz::Caller caller;
    Instant at;
    std::string source_address, user_agent, request_id;
    std::string parameters_json = "null";    ///< "null": none, or not told.
    std::string response_json = "null";      ///< "null": none, or not told.
    std::vector<std::string> resource_arns;  ///< What it was about.
    std::string error_code, error_message;   ///< Empty: it succeeded.
};

/// Whether the call changes nothing, by CloudTrail's measure: by the access level of its action, and for STS
/// as the page on IAM and CloudTrail says. Cost: a look-up.
[[nodiscard]] bool is_read_only(const reference::ApiService& service, const reference::Operation& operation);

/// The regions that events name.
struct Regions {
    std::string_view own;     ///< Of STS.
    std::string_view global;  ///< Of services that have one endpoint for the partition.
};

/// The event of the caller's account, and where a role of another account was assumed, that account's too:
/// both share an id. `of_change` goes through.
[[nodiscard]] std::vector<directory::AuditEvent> events_of(const AuditedCall& call, const Regions& regions,
                                                           bool of_change, RandomSource& random);

}  // namespace writ::api::audit
