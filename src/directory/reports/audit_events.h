#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"

/// The audit trail in the store: events of calls, kept for some days and in bounded space.
namespace writ::directory {

struct AuditEvent {
    std::string id;  ///< UUID.
    Instant occurred_at{};
    bool of_change = false;  ///< Kept in the transaction that changes what the call is about.
    std::string caller_arn;
    std::string access_key_id;
    std::string action;                      ///< "iam:CreateUser".
    std::vector<std::string> resource_arns;  ///< What the call was about; without line ends.
    std::string error_code;                  ///< Empty: it succeeded.
    std::string json;                        ///< The whole event on one line. Holds nothing secret.
    std::string account_id{};                ///< Whose trail; told by find_audit_events().
};

/// How long events stay. Those of changes and the others have their space each, so that whoever asks much
/// drives out what was asked, never what was changed.
struct AuditRetention {
    std::chrono::days age_max{90};
    std::int64_t bytes_max = 1LL << 30U;  ///< Of one account, half for changes and half for the others.
};

/// What an event of a change takes of that space.
[[nodiscard]] std::int64_t size_of(const AuditEvent& event) noexcept;

/// Keeps the event of a change. Cost: one insert.
[[nodiscard]] Result<void> keep_audit_event(AccountEdit& account, const AuditEvent& event);

/// Events of some moments that are not of changes, packed into a row.
struct AuditBatch {
    std::string id;  ///< Of its first event.
    Instant first_at{};
    std::vector<std::byte> events{};
};
/// Of one account, in any order. Cost: some microseconds an event; keep no transaction open meanwhile.
[[nodiscard]] std::vector<AuditBatch> pack_audit_events(std::vector<AuditEvent> events);
[[nodiscard]] std::int64_t size_of(const AuditBatch& batch) noexcept;
/// Cost: one insert.
[[nodiscard]] Result<void> keep_audit_batch(AccountEdit& account, const AuditBatch& batch);

/// Counts the bytes of events that were kept since the last call, and drops the oldest that are too old or
/// too much: at most some hundreds of rows, `true` when more are due. Bytes that were kept and never counted,
/// since the program was killed in between, do not count until they are dropped.
[[nodiscard]] Result<bool> drop_audit_events(AccountEdit& account, bool of_change, std::int64_t bytes_added,
                                             const AuditRetention& retention);

/// Whether the oldest event is too old. Cost: one row.
[[nodiscard]] Result<bool> holds_old_audit_events(const AccountView& account, bool of_change,
                                                  const AuditRetention& retention);

/// Which events are asked for. Patterns may hold '*' and '?', and case does not matter; empty: any. They fit
/// an ARN, its resource ("user/ada") or the name behind its last slash.
struct AuditQuery {
    std::optional<Instant> since{};  ///< From that moment on.
    std::optional<Instant> until{};  ///< Before that moment.
    std::string caller{};            ///< Also the access key that signed, or an account.
    std::string action{};            ///< "iam:Create*"; also without the service.
    std::string resource{};
    bool errors_only = false;  ///< Denied and failed calls.
};

/// Gives the events that fit to `found`, oldest first, until it returns false. Cost: linear in the events of
/// the time asked for, some thousands of them in memory at once.
[[nodiscard]] Result<void> find_audit_events(store::Reader& records, const AuditQuery& query,
                                             const std::function<bool(const AuditEvent&)>& found);

}  // namespace writ::directory
