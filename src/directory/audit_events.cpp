#include "directory/audit_events.h"

#include <algorithm>
#include <utility>

#include "base/arn.h"
#include "base/wildcards.h"
#include "directory/internal/counters.h"
#include "directory/internal/failures.h"
#include "directory/internal/oldest_first.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr std::size_t read_at_once = 500;

/// Of a row beside its JSON, with its share of both indexes.
constexpr std::int64_t row_bytes = 300;

std::int64_t size_of(const store::AuditEvent& record) noexcept {
    return row_bytes + static_cast<std::int64_t>(record.event.size());
}

std::string_view counter_of(bool of_change) noexcept {
    return of_change ? "audit bytes of changes" : "audit bytes of other calls";
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        if (!text.empty()) text += '\n';
        text += line;
    }
    return text;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        lines.emplace_back(line);
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return lines;
}

AuditEvent event_of(store::AuditEvent record) {
    return {.id = std::move(record.event_id),
            .occurred_at = record.occurred_at,
            .of_change = record.of_change,
            .caller_arn = std::move(record.caller_arn),
            .access_key_id = std::move(record.access_key_id),
            .action = std::move(record.action),
            .resource_arns = lines_of(record.resource_arns),
            .error_code = std::move(record.error_code),
            .json = std::move(record.event),
            .account_id = std::move(record.account_id)};
}

bool fits_arn(std::string_view pattern, std::string_view text) noexcept {
    if (matches_wildcards(pattern, text)) return true;
    const auto arn = parse_arn(text);
    if (!arn) return false;
    const std::string_view resource = arn->resource;
    return matches_wildcards(pattern, resource) ||
           matches_wildcards(pattern, resource.substr(resource.rfind('/') + 1));
}

bool fits_caller(std::string_view pattern, const store::AuditEvent& event) noexcept {
    const auto arn = parse_arn(event.caller_arn);
    return fits_arn(pattern, event.caller_arn) || matches_wildcards(pattern, event.access_key_id) ||
           (arn && matches_wildcards(pattern, arn->account));
}

bool fits_action(std::string_view pattern, std::string_view action) noexcept {
    return matches_wildcards(pattern, action) ||
           matches_wildcards(pattern, action.substr(action.find(':') + 1));
}

bool fits_resource(std::string_view pattern, std::string_view arns) {
    return std::ranges::any_of(lines_of(arns),
                               [&](const std::string& arn) { return fits_arn(pattern, arn); });
}

bool fits(const AuditQuery& query, const store::AuditEvent& event) {
    return (!query.errors_only || !event.error_code.empty()) &&
           (query.action.empty() || fits_action(query.action, event.action)) &&
           (query.caller.empty() || fits_caller(query.caller, event)) &&
           (query.resource.empty() || fits_resource(query.resource, event.resource_arns));
}

}  // namespace

std::int64_t size_of(const AuditEvent& event) noexcept {
    return row_bytes + static_cast<std::int64_t>(event.json.size());
}

Result<void> keep_audit_event(AccountEdit& account, const AuditEvent& event) {
    return result_of(account.writes.insert(store::AuditEvent{.occurred_at = event.occurred_at,
                                                             .event_id = event.id,
                                                             .account_id = account.account_id,
                                                             .of_change = event.of_change,
                                                             .caller_arn = event.caller_arn,
                                                             .access_key_id = event.access_key_id,
                                                             .action = event.action,
                                                             .resource_arns = joined(event.resource_arns),
                                                             .error_code = event.error_code,
                                                             .event = event.json}));
}

Result<bool> drop_audit_events(AccountEdit& account, bool of_change, std::int64_t bytes_added,
                               const AuditRetention& retention) {
    const auto before = read_counter(account, counter_of(of_change));
    if (!before) return std::unexpected(before.error());
    const Retention<store::AuditEvent> half{store::AuditEvent::by_age, &store::AuditEvent::occurred_at,
                                            size_of, retention.age_max, retention.bytes_max / 2};
    const auto dropped =
        drop_oldest(account, {.equal = {account.account_id, of_change}}, *before + bytes_added, half);
    if (!dropped) return std::unexpected(dropped.error());
    if (dropped->bytes_left == *before) return dropped->more_are_due;
    const auto counted = add_to_counter(account, counter_of(of_change), dropped->bytes_left - *before);
    if (!counted) return std::unexpected(counted.error());
    return dropped->more_are_due;
}

Result<bool> holds_old_audit_events(const AccountView& account, bool of_change,
                                    const AuditRetention& retention) {
    const auto oldest = account.records.list<store::AuditEvent>(
        store::AuditEvent::by_age, {.equal = {account.account_id, of_change}, .rows_max = 1});
    if (!oldest) return std::unexpected(to_error(oldest.error()));
    const Instant now = account.environment.clock.now();
    return !oldest->empty() && now - oldest->front().occurred_at >= retention.age_max;
}

Result<void> find_audit_events(store::Reader& records, const AuditQuery& query,
                               const std::function<bool(const AuditEvent&)>& found) {
    Instant last_at = query.since.value_or(Instant{});
    std::string last_id;  // Comes before every id.
    while (true) {
        auto page = records.list<store::AuditEvent>(store::AuditEvent::by_time,
                                                    {.after = {last_at, last_id}, .rows_max = read_at_once});
        if (!page) return std::unexpected(to_error(page.error()));
        for (store::AuditEvent& event : *page) {
            if (query.until && event.occurred_at >= *query.until) return {};
            last_at = event.occurred_at;
            last_id = event.event_id;
            if (fits(query, event) && !found(event_of(std::move(event)))) return {};
        }
        if (page->size() < read_at_once) return {};
    }
}

}  // namespace writ::directory
