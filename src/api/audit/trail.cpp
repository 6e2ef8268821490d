#include "api/audit/trail.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "store/records.h"

namespace writ::api::audit {
namespace {

constexpr std::size_t calls_at_once_max = 2'000;
constexpr std::size_t much = 2'000;
constexpr std::chrono::seconds pause{1};
constexpr std::chrono::minutes look_at_all_every{1};
constexpr int drops_max = 100;  // Transactions in a row for one account.

std::vector<std::pair<std::string, directory::AuditBatch>> batches_of(const std::vector<AuditedCall>& calls,
                                                                      const Regions& regions,
                                                                      RandomSource& random) {
    std::map<std::string, std::vector<directory::AuditEvent>> by_account;
    for (const AuditedCall& call : calls) {
        for (directory::AuditEvent& event : events_of(call, regions, false, random)) {
            by_account[event.account_id].push_back(std::move(event));
        }
    }
    std::vector<std::pair<std::string, directory::AuditBatch>> batches;
    for (auto& [account_id, events] : by_account) {
        for (directory::AuditBatch& batch : directory::pack_audit_events(std::move(events))) {
            batches.emplace_back(account_id, std::move(batch));
        }
    }
    return batches;
}

}  // namespace

bool Trail::wants(const reference::ApiService& service, const reference::Operation& operation) const {
    return wants(settings_.events == Events::write && is_read_only(service, operation));
}

bool Trail::wants(bool is_read_only) const noexcept {
    switch (settings_.events) {
        case Events::none:
            return false;
        case Events::write:
            return !is_read_only;
        case Events::all:
            return true;
    }
    return true;
}

Result<Trail::Written> Trail::keep(store::Transaction& transaction, const AuditedCall& call) const {
    if (!call.error_code.empty()) {  // Refused, and yet something is noted: a wrong password, say.
        const Batches batches = batches_of({call}, regions_, environment_.random);
        return keep(transaction, batches);
    }
    Written written;
    for (const directory::AuditEvent& event : events_of(call, regions_, true, environment_.random)) {
        directory::AccountEdit account(transaction, event.account_id, environment_);
        if (auto kept = directory::keep_audit_event(account, event); !kept) {
            return std::unexpected(std::move(kept.error()));
        }
        written[{event.account_id, true}] += directory::size_of(event);
    }
    return written;
}

Result<Trail::Written> Trail::keep(store::Transaction& transaction, const Batches& batches) const {
    Written written;
    for (const auto& [account_id, batch] : batches) {
        directory::AccountEdit account(transaction, account_id, environment_);
        if (auto kept = directory::keep_audit_batch(account, batch); !kept) {
            return std::unexpected(std::move(kept.error()));
        }
        written[{account_id, false}] += directory::size_of(batch);
    }
    return written;
}

void Trail::count(const Written& committed) {
    const std::lock_guard lock(mutex_);
    for (const auto& [whose, bytes] : committed) uncounted_[whose] += bytes;
}

void Trail::note(AuditedCall call) {
    const bool may_be_dropped_first = call.error_code.empty();
    const std::size_t room = settings_.waiting_max - (may_be_dropped_first ? settings_.waiting_max / 4 : 0);
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= room) {
        ++dropped_;
        return;
    }
    waiting_.push_back(std::move(call));
    if (waiting_.size() != much) return;
    is_much_ = true;
    much_is_waiting_.notify_one();
}

bool Trail::write(const std::vector<AuditedCall>& calls) {
    // Before the transaction begins: changes wait for its end.
    const auto batches = batches_of(calls, regions_, environment_.random);
    auto transaction = store_.write();
    if (!transaction) {
        remember(directory::to_error(transaction.error()));
        return false;
    }
    const auto written = keep(**transaction, batches);
    if (!written) {
        remember(written.error());
        return false;
    }
    if (auto committed = (*transaction)->commit(); !committed) {
        remember(directory::to_error(committed.error()));
        return false;
    }
    count(*written);
    return true;
}

std::vector<AuditedCall> Trail::take_some() {
    const std::lock_guard lock(mutex_);
    const auto end =
        waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(calls_at_once_max, waiting_.size()));
    std::vector<AuditedCall> calls(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    return calls;
}

void Trail::put_back(std::vector<AuditedCall> calls) {
    const std::lock_guard lock(mutex_);
    waiting_.insert(waiting_.begin(), std::make_move_iterator(calls.begin()),
                    std::make_move_iterator(calls.end()));
}

void Trail::write_waiting() {
    while (true) {
        std::vector<AuditedCall> calls = take_some();
        if (calls.empty()) break;
        if (!write(calls)) return put_back(std::move(calls));
    }
    remember({});
}

/// Those that nobody calls have old events too.
void Trail::add_accounts_to_look_at() {
    const Instant now = environment_.clock.now();
    if (now - looked_at_ < look_at_all_every) return;
    auto reader = store_.read();
    if (!reader) return;
    const auto accounts = (*reader)->list<store::Account>(store::Account::by_id, {});
    if (!accounts) return;
    looked_at_ = now;
    Written old;
    for (const store::Account& account : *accounts) {
        const directory::AccountView view{**reader, account.account_id, environment_};
        for (const bool of_change : {false, true}) {
            const auto has_old = directory::holds_old_audit_events(view, of_change, settings_.retention);
            if (has_old && *has_old) old[{account.account_id, of_change}] = 0;
        }
    }
    count(old);
}

Result<bool> Trail::drop(const std::string& account, bool of_change, std::int64_t bytes) {
    auto transaction = store_.write();
    if (!transaction) return std::unexpected(directory::to_error(transaction.error()));
    directory::AccountEdit edit(**transaction, account, environment_);
    auto more_are_due = directory::drop_audit_events(edit, of_change, bytes, settings_.retention);
    if (!more_are_due) return more_are_due;
    if (auto committed = (*transaction)->commit(); !committed) {
        return std::unexpected(directory::to_error(committed.error()));
    }
    return more_are_due;
}

void Trail::drop_what_is_due() {
    Written uncounted;
    {
        const std::lock_guard lock(mutex_);
        uncounted.swap(uncounted_);
    }
    for (auto& [whose, bytes] : uncounted) {
        for (int i = 0; i < drops_max; ++i) {
            const auto more_are_due = drop(whose.first, whose.second, bytes);
            if (!more_are_due) {
                count({{whose, bytes}});  // Tried again at the next time.
                remember(more_are_due.error());
                break;
            }
            bytes = 0;
            if (!*more_are_due) break;
        }
    }
}

void Trail::remember(const Error& error) {
    const std::lock_guard lock(mutex_);
    defect_ = error.defect.empty() ? error.message : error.defect;
}

void Trail::flush() {
    const std::lock_guard turn(flushing_);
    write_waiting();
    add_accounts_to_look_at();
    drop_what_is_due();
}

void Trail::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            much_is_waiting_.wait_for(lock, stop, pause, [&] { return is_much_; });
            is_much_ = false;
        }
        flush();
    }
}

State Trail::state() const {
    const std::lock_guard lock(mutex_);
    return {waiting_.size(), dropped_, defect_};
}

}  // namespace writ::api::audit
