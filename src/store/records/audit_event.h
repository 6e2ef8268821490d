#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// One call of an API that changed something, as the audit trail keeps it, written together with the change.
/// What it is searched by stands beside it.
struct AuditEvent {
    Instant occurred_at{};
    std::string event_id;
    std::string account_id;     ///< Whose trail it is in.
    std::string caller_arn;     ///< As GetCallerIdentity prints it.
    std::string access_key_id;  ///< That signed the call.
    std::string action;         ///< "iam:CreateUser".
    std::string resource_arns;  ///< What the call was about, one a line; empty: nothing.
    std::string error_code;     ///< Empty: it succeeded.
    std::string event;          ///< The event as JSON on one line.

    static constexpr std::string_view table = "audit_events";
    static constexpr Index by_time{"audit_events_by_time", true, {"occurred_at", "event_id"}};
    /// The order in which they are dropped.
    static constexpr Index by_age{"audit_events_by_age", true, {"account_id", "occurred_at", "event_id"}};
    static constexpr auto indexes() { return std::array{&by_time, &by_age}; }
    static constexpr auto columns() {
        return Columns{Column{"occurred_at", &AuditEvent::occurred_at},
                       Column{"event_id", &AuditEvent::event_id},
                       Column{"account_id", &AuditEvent::account_id},
                       Column{"caller_arn", &AuditEvent::caller_arn},
                       Column{"access_key_id", &AuditEvent::access_key_id},
                       Column{"action", &AuditEvent::action},
                       Column{"resource_arns", &AuditEvent::resource_arns},
                       Column{"error_code", &AuditEvent::error_code},
                       Column{"event", &AuditEvent::event}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
