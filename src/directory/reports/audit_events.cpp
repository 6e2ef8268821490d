#include "directory/reports/audit_events.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "base/arn.h"
#include "base/wildcards.h"
#include "directory/internal/counters.h"
#include "directory/internal/failures.h"
#include "directory/internal/oldest_first.h"
#include "directory/internal/reports/audit_batch.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr std::size_t read_at_once = 500;
constexpr std::size_t batches_read_at_once = 8;

/// No batch has more, so that a search holds little in memory, and begins shortly before the time asked for.
constexpr std::size_t batch_bytes_max = std::size_t{256} << 10U;
constexpr std::chrono::minutes batch_span_max{1};

/// Of a row beside its JSON, with its share of both indexes.
constexpr std::int64_t row_bytes = 300;

std::int64_t size_of(const store::AuditEvent& record) noexcept {
    return row_bytes + static_cast<std::int64_t>(record.event.size());
}

std::int64_t size_of(const store::AuditBatch& record) noexcept {
    return row_bytes + static_cast<std::int64_t>(record.events.size());
}

std::string_view counter_of(bool of_change) noexcept {
    return of_change ? "audit bytes of changes" : "audit bytes of batches";
}

AuditEvent event_of(store::AuditEvent record) {
    return {.id = std::move(record.event_id),
            .occurred_at = record.occurred_at,
            .of_change = true,
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

bool fits_caller(std::string_view pattern, const AuditEvent& event) noexcept {
    const auto arn = parse_arn(event.caller_arn);
    return fits_arn(pattern, event.caller_arn) || matches_wildcards(pattern, event.access_key_id) ||
           (arn && matches_wildcards(pattern, arn->account));
}

bool fits_action(std::string_view pattern, std::string_view action) noexcept {
    return matches_wildcards(pattern, action) ||
           matches_wildcards(pattern, action.substr(action.find(':') + 1));
}

bool fits_resource(std::string_view pattern, const std::vector<std::string>& arns) {
    return std::ranges::any_of(arns, [&](const std::string& arn) { return fits_arn(pattern, arn); });
}

bool fits(const AuditQuery& query, const AuditEvent& event) {
    if (query.since && event.occurred_at < *query.since) return false;
    return (!query.errors_only || !event.error_code.empty()) &&
           (query.action.empty() || fits_action(query.action, event.action)) &&
           (query.caller.empty() || fits_caller(query.caller, event)) &&
           (query.resource.empty() || fits_resource(query.resource, event.resource_arns));
}

bool is_earlier(const AuditEvent& a, const AuditEvent& b) noexcept {
    return std::tie(a.occurred_at, a.id) < std::tie(b.occurred_at, b.id);
}

/// The rows of a table in the order of time, some of them in memory at once.
template <class Record>
class RowsByTime {
  public:
    RowsByTime(store::Reader& records, Instant since, std::size_t rows_at_once)
        : records_(records), last_at_(since), rows_at_once_(rows_at_once) {}

    /// The next row, which stays the next one until it is taken; null: there is none.
    [[nodiscard]] Result<Record*> peek() {
        if (next_ == rows_.size() && !is_at_end_) {
            if (auto read = read_on(); !read) return std::unexpected(std::move(read.error()));
        }
        return next_ == rows_.size() ? nullptr : &rows_[next_];
    }
    void take() noexcept { ++next_; }

  private:
    [[nodiscard]] Result<void> read_on() {
        auto rows = records_.list<Record>(Record::by_time,
                                          {.after = {last_at_, last_id_}, .rows_max = rows_at_once_});
        if (!rows) return std::unexpected(to_error(rows.error()));
        rows_ = std::move(*rows);
        next_ = 0;
        is_at_end_ = rows_.size() < rows_at_once_;
        if (rows_.empty()) return {};
        const auto binds = store::binds_of(rows_.back());  // Both tables begin with their primary key.
        last_at_ = Instant(std::chrono::milliseconds(std::get<std::int64_t>(binds[0].value())));
        last_id_ = std::get<std::string_view>(binds[1].value());
        return {};
    }

    store::Reader& records_;
    Instant last_at_;
    std::string last_id_;  // Comes before every id.
    std::size_t rows_at_once_;
    std::vector<Record> rows_;
    std::size_t next_ = 0;
    bool is_at_end_ = false;
};

/// The events of changes and those of batches in one order of time.
class EventsByTime {
  public:
    EventsByTime(store::Reader& records, Instant since)
        : changes_(records, since, read_at_once),
          batches_(records, since - batch_span_max, batches_read_at_once) {}

    /// Nothing: that were all.
    [[nodiscard]] Result<std::optional<AuditEvent>> next() {
        auto change = changes_.peek();
        if (!change) return std::unexpected(std::move(change.error()));
        if (auto unpacked = unpack_until(*change); !unpacked) return std::unexpected(unpacked.error());
        if (*change == nullptr && unpacked_.empty()) return std::nullopt;
        const bool is_change =
            *change != nullptr &&
            (unpacked_.empty() || std::tie((*change)->occurred_at, (*change)->event_id) <
                                      std::tie(unpacked_.begin()->occurred_at, unpacked_.begin()->id));
        if (!is_change) return std::move(unpacked_.extract(unpacked_.begin()).value());
        changes_.take();
        return event_of(std::move(**change));
    }

  private:
    /// Batches overlap: unpacks all that may hold an event before `change` and before what is unpacked.
    [[nodiscard]] Result<void> unpack_until(const store::AuditEvent* change) {
        while (true) {
            auto batch = batches_.peek();
            if (!batch) return std::unexpected(std::move(batch.error()));
            if (*batch == nullptr) return {};
            if (change != nullptr && (*batch)->first_at > change->occurred_at) return {};
            if (!unpacked_.empty() && (*batch)->first_at > unpacked_.begin()->occurred_at) return {};
            auto events = unpack((*batch)->events);
            if (!events) return std::unexpected(std::move(events.error()));
            for (AuditEvent& event : *events) {
                event.account_id = (*batch)->account_id;
                unpacked_.insert(std::move(event));
            }
            batches_.take();
        }
    }

    RowsByTime<store::AuditEvent> changes_;
    RowsByTime<store::AuditBatch> batches_;
    std::multiset<AuditEvent, decltype(&is_earlier)> unpacked_{&is_earlier};
};

/// Drops what is due of one of both tables.
template <class Record>
Result<Dropped> drop(AccountEdit& account, Instant Record::* made_at, std::int64_t bytes,
                     const AuditRetention& retention) {
    const Retention<Record> half{Record::by_age, made_at, size_of, retention.age_max,
                                 retention.bytes_max / 2};
    return drop_oldest(account, {.equal = {account.account_id}}, bytes, half);
}

template <class Record>
Result<bool> holds_old(const AccountView& account, Instant Record::* made_at,
                       const AuditRetention& retention) {
    const auto oldest =
        account.records.list<Record>(Record::by_age, {.equal = {account.account_id}, .rows_max = 1});
    if (!oldest) return std::unexpected(to_error(oldest.error()));
    const Instant now = account.environment.clock.now();
    return !oldest->empty() && now - oldest->front().*made_at >= retention.age_max;
}

}  // namespace

std::int64_t size_of(const AuditEvent& event) noexcept {
    return row_bytes + static_cast<std::int64_t>(event.json.size());
}

std::int64_t size_of(const AuditBatch& batch) noexcept {
    return row_bytes + static_cast<std::int64_t>(batch.events.size());
}

Result<void> keep_audit_event(AccountEdit& account, const AuditEvent& event) {
    return result_of(account.writes.insert(store::AuditEvent{.occurred_at = event.occurred_at,
                                                             .event_id = event.id,
                                                             .account_id = account.account_id,
                                                             .caller_arn = event.caller_arn,
                                                             .access_key_id = event.access_key_id,
                                                             .action = event.action,
                                                             .resource_arns = joined(event.resource_arns),
                                                             .error_code = event.error_code,
                                                             .event = event.json}));
}

std::vector<AuditBatch> pack_audit_events(std::vector<AuditEvent> events) {
    std::ranges::sort(events, is_earlier);
    std::vector<AuditBatch> batches;
    const std::span<const AuditEvent> all(events);
    for (std::size_t first = 0, next = 0; first < all.size(); first = next) {
        std::size_t bytes = 0;
        const auto fits_in = [&](const AuditEvent& event) {
            return bytes + unpacked_size_of(event) <= batch_bytes_max &&
                   event.occurred_at - all[first].occurred_at < batch_span_max;
        };
        do bytes += unpacked_size_of(all[next++]);
        while (next < all.size() && fits_in(all[next]));
        batches.push_back({.id = all[first].id,
                           .first_at = all[first].occurred_at,
                           .events = pack(all.subspan(first, next - first))});
    }
    return batches;
}

Result<void> keep_audit_batch(AccountEdit& account, const AuditBatch& batch) {
    return result_of(account.writes.insert(store::AuditBatch{.first_at = batch.first_at,
                                                             .batch_id = batch.id,
                                                             .account_id = account.account_id,
                                                             .events = batch.events}));
}

Result<bool> drop_audit_events(AccountEdit& account, bool of_change, std::int64_t bytes_added,
                               const AuditRetention& retention) {
    const auto before = read_counter(account, counter_of(of_change));
    if (!before) return std::unexpected(before.error());
    const std::int64_t bytes = *before + bytes_added;
    const auto dropped = of_change ? drop(account, &store::AuditEvent::occurred_at, bytes, retention)
                                   : drop(account, &store::AuditBatch::first_at, bytes, retention);
    if (!dropped) return std::unexpected(dropped.error());
    if (dropped->bytes_left == *before) return dropped->more_are_due;
    const auto counted = add_to_counter(account, counter_of(of_change), dropped->bytes_left - *before);
    if (!counted) return std::unexpected(counted.error());
    return dropped->more_are_due;
}

Result<bool> holds_old_audit_events(const AccountView& account, bool of_change,
                                    const AuditRetention& retention) {
    return of_change ? holds_old(account, &store::AuditEvent::occurred_at, retention)
                     : holds_old(account, &store::AuditBatch::first_at, retention);
}

Result<void> find_audit_events(store::Reader& records, const AuditQuery& query,
                               const std::function<bool(const AuditEvent&)>& found) {
    EventsByTime events(records, query.since.value_or(Instant{}));
    while (true) {
        auto event = events.next();
        if (!event) return std::unexpected(std::move(event.error()));
        if (!*event || (query.until && (*event)->occurred_at >= *query.until)) return {};
        if (fits(query, **event) && !found(**event)) return {};
    }
}

}  // namespace writ::directory
