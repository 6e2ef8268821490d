#include "api/audit/trail.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "store/records.h"

namespace writ::api::audit {
namespace {

constexpr std::size_t batch_max = 500;  // Changes wait as long for their turn as a batch takes.
constexpr std::size_t much = 2'000;
constexpr std::chrono::seconds pause{1};
constexpr std::chrono::minutes look_at_all_every{1};
constexpr int drops_max = 100;  // Transactions in a row for one account.

}  // namespace

bool Trail::wants(const reference::ApiService& service, const reference::Operation& operation) const {
    switch (settings_.events) {
        case Events::none:
            return false;
        case Events::write:
            return !is_read_only(service, operation);
        case Events::all:
            return true;
    }
    return true;
}

Result<void> Trail::keep(store::Transaction& transaction, const AuditedCall& call, bool of_change,
                         Written& written) const {
    for (const directory::AuditEvent& event : events_of(call, regions_, of_change, environment_.random)) {
        directory::AccountEdit account(transaction, event.account_id, environment_);
        if (auto kept = directory::keep_audit_event(account, event); !kept) return kept;
        written[{event.account_id, of_change}] += directory::size_of(event);
    }
    return {};
}

Result<Trail::Written> Trail::keep(store::Transaction& transaction, const AuditedCall& call) const {
    Written written;
    const bool of_change = call.error_code.empty();
    if (auto kept = keep(transaction, call, of_change, written); !kept) {
        return std::unexpected(std::move(kept.error()));
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

bool Trail::write(const std::vector<AuditedCall>& batch) {
    auto transaction = store_.write();
    if (!transaction) {
        remember(directory::to_error(transaction.error()));
        return false;
    }
    Written written;
    for (const AuditedCall& call : batch) {
        if (auto kept = keep(**transaction, call, false, written); !kept) {
            remember(kept.error());
            return false;
        }
    }
    if (auto committed = (*transaction)->commit(); !committed) {
        remember(directory::to_error(committed.error()));
        return false;
    }
    count(written);
    return true;
}

std::vector<AuditedCall> Trail::take_batch() {
    const std::lock_guard lock(mutex_);
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(batch_max, waiting_.size()));
    std::vector<AuditedCall> batch(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    return batch;
}

void Trail::put_back(std::vector<AuditedCall> batch) {
    const std::lock_guard lock(mutex_);
    waiting_.insert(waiting_.begin(), std::make_move_iterator(batch.begin()),
                    std::make_move_iterator(batch.end()));
}

void Trail::write_waiting() {
    while (true) {
        std::vector<AuditedCall> batch = take_batch();
        if (batch.empty()) break;
        if (!write(batch)) return put_back(std::move(batch));
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
