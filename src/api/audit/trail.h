#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "api/audit/event.h"
#include "api/audit/settings.h"
#include "directory/directory.h"
#include "store/store.h"

namespace writ::api::audit {

/// The way of events into the store. Those of changes are written in the transaction of the change: they are
/// there if and only if the change is. All others (reads, denials, failures) wait in memory and are written
/// by flush(), many in a row, some rows a transaction; what waits when the process is killed is lost.
///
/// The queue is bounded. What comes when it is full is dropped and counted; reads leave the last quarter to
/// denials and failures. Safe for concurrent use. Cost of note(): one uncontended lock.
class Trail {
  public:
    Trail(store::Store& store, const directory::Environment& environment, const Settings& settings,
          Regions regions)
        : store_(store), environment_(environment), settings_(settings), regions_(regions) {}

    /// Whether events of the operation are kept at all.
    [[nodiscard]] bool wants(const reference::ApiService& service,
                             const reference::Operation& operation) const;
    [[nodiscard]] bool wants(bool is_read_only) const noexcept;

    /// Bytes of events that a transaction has written, by account and whether they are of a change. They
    /// count once the transaction is committed: see count().
    using Written = std::map<std::pair<std::string, bool>, std::int64_t>;
    /// Writes the call's events into `transaction`. REQUIRES: wants().
    [[nodiscard]] Result<Written> keep(store::Transaction& transaction, const AuditedCall& call) const;
    void count(const Written& committed);

    /// For calls that changed nothing. REQUIRES: wants().
    void note(AuditedCall call);

    /// Writes what waits, then drops what is too old or too much. What a store refuses stays and waits for
    /// the next call. One thread at a time does the work; others wait for it.
    void flush();
    /// Flushes once a second, and sooner when much is waiting, until it is asked to stop.
    void run(const std::stop_token& stop);

    [[nodiscard]] State state() const;

  private:
    /// With the account whose trail each is of.
    using Batches = std::vector<std::pair<std::string, directory::AuditBatch>>;
    [[nodiscard]] Result<Written> keep(store::Transaction& transaction, const Batches& batches) const;
    /// Writes some calls; false: the store refused, and nothing of them was written.
    [[nodiscard]] bool write(const std::vector<AuditedCall>& calls);
    [[nodiscard]] std::vector<AuditedCall> take_some();
    void put_back(std::vector<AuditedCall> calls);
    void write_waiting();
    void add_accounts_to_look_at();
    void drop_what_is_due();
    [[nodiscard]] Result<bool> drop(const std::string& account, bool of_change, std::int64_t bytes);
    void remember(const Error& error);

    store::Store& store_;
    const directory::Environment& environment_;
    const Settings settings_;
    const Regions regions_;

    std::mutex flushing_;
    Instant looked_at_{};  ///< When all accounts were looked at last. Guarded by flushing_.

    mutable std::mutex mutex_;
    std::condition_variable_any much_is_waiting_;
    bool is_much_ = false;  // Guarded by mutex_, as is all below.
    std::deque<AuditedCall> waiting_;
    Written uncounted_;
    std::uint64_t dropped_ = 0;
    std::string defect_;
};

}  // namespace writ::api::audit
