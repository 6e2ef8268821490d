#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "store/change.h"
#include "store/failure.h"
#include "store/schema.h"

/// Where records live. The interface knows transactions, search orders, pages and revisions; it knows no rule
/// of IAM and reads no policy. Every sentence here is a case of the store tests.
namespace writ::store {

/// The rows of one index that share its leading columns.
///   all users of an account by name:      {.equal = {account}}
///   the next hundred after "bob":         {.equal = {account}, .after = {"bob"}, .rows_max = 100}
struct Range {
    std::vector<Bind> equal{};  ///< Values of the leading columns.
    /// Only rows whose following columns, compared as a tuple, come after these values.
    std::vector<Bind> after{};
    /// With `inclusive`, a row that equals `after` is in the range too.
    bool inclusive = false;
    std::size_t rows_max = std::numeric_limits<std::size_t>::max();
};

/// One consistent view of the store: everything read through it was true at `revision()`. For one thread at
/// a time. Text compares by bytes. Nothing throws. Cost: one indexed statement a call.
class Reader {
  public:
    Reader() = default;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    virtual ~Reader() = default;

    /// The row of that key; nothing when there is none. REQUIRES: `index` is unique and `key` names every
    /// column of it.
    template <class Record>
    [[nodiscard]] Outcome<std::optional<Record>> find(const Index& index, std::vector<Bind> key) {
        const Range one{.equal = std::move(key), .rows_max = 1};
        std::optional<Record> found;
        auto done =
            scan(table_of<Record>, index, one, [&](const Row& row) { found = read_record<Record>(row); });
        if (!done) return std::unexpected(std::move(done.error()));
        return found;
    }

    /// The rows of the range in ascending order of the index. Pages made with `after` contain a row that was
    /// there during the whole listing, and kept its key, exactly once.
    template <class Record>
    [[nodiscard]] Outcome<std::vector<Record>> list(const Index& index, const Range& range) {
        std::vector<Record> records;
        auto done = scan(table_of<Record>, index, range,
                         [&](const Row& row) { records.push_back(read_record<Record>(row)); });
        if (!done) return std::unexpected(std::move(done.error()));
        return records;
    }

    /// Number of rows of the range. Cost: linear in that number.
    template <class Record>
    [[nodiscard]] Outcome<std::size_t> count(const Index& index, const Range& range) {
        return count_rows(table_of<Record>, index, range);
    }

    [[nodiscard]] virtual Revision revision() const noexcept = 0;

    using Sink = std::function<void(const Row&)>;
    [[nodiscard]] virtual Outcome<void> scan(const Table& table, const Index& index, const Range& range,
                                             const Sink& sink) = 0;
    [[nodiscard]] virtual Outcome<std::size_t> count_rows(const Table& table, const Index& index,
                                                          const Range& range) = 0;
};

/// A Reader that also writes. It sees its own writes; nobody else does before commit(). Destroyed without
/// commit, or after the process was killed at any moment, it leaves nothing behind. Each written row notes
/// its entity for the feed. After a failed write the transaction can still be used; the failed row was not
/// written.
class Transaction : public Reader {
  public:
    /// `duplicate` when a unique index has the key already.
    template <class Record>
    [[nodiscard]] Outcome<void> insert(const Record& record) {
        return noted(record, insert_row(table_of<Record>, binds_of(record)));
    }
    /// Replaces all columns of the row with the same primary key; `not_found` when there is none.
    template <class Record>
    [[nodiscard]] Outcome<void> update(const Record& record) {
        return noted(record, update_row(table_of<Record>, binds_of(record)));
    }
    /// Removes the row with the same primary key; `not_found` when there is none, `foreign_key` when other
    /// rows point at it.
    template <class Record>
    [[nodiscard]] Outcome<void> erase(const Record& record) {
        return noted(record, erase_row(table_of<Record>, binds_of(record)));
    }

    /// Makes everything durable together with its lines in the feed, then tells the listeners. Returns the
    /// new revision, or the old one when no entity changed. The transaction cannot be used afterwards.
    [[nodiscard]] virtual Outcome<Revision> commit() = 0;

    /// What insert, update and erase are made of, for stores that stand before another one.
    [[nodiscard]] virtual Outcome<void> insert_row(const Table& table, std::span<const Bind> row) = 0;
    [[nodiscard]] virtual Outcome<void> update_row(const Table& table, std::span<const Bind> row) = 0;
    [[nodiscard]] virtual Outcome<void> erase_row(const Table& table, std::span<const Bind> row) = 0;
    virtual void note(Entity changed) { changed_.insert(std::move(changed)); }

  protected:
    std::set<Entity> changed_;

  private:
    template <class Record>
    Outcome<void> noted(const Record& record, Outcome<void> outcome) {
        if (outcome) {
            if (Entity entity = record.entity(); entity.kind != EntityKind::none) note(std::move(entity));
        }
        return outcome;
    }
};

/// A database. Safe for concurrent use; it must outlive the readers and transactions it gave.
class Store {
  public:
    Store() = default;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    virtual ~Store() = default;

    /// Never waits for a writer. A thread must not hold two at once.
    [[nodiscard]] virtual Outcome<std::unique_ptr<Reader>> read() = 0;
    /// Waits for its turn: one transaction writes at a time. A thread must not hold two at once.
    [[nodiscard]] virtual Outcome<std::unique_ptr<Transaction>> write() = 0;

    /// Last revision that this process knows to be committed. Cost: one atomic load.
    [[nodiscard]] virtual Revision revision() const noexcept = 0;
    /// Changes after `revision` in ascending order, at most `rows_max`, for those who missed the calls.
    /// `not_found` when some of them are gone by the FeedRetention of the store.
    [[nodiscard]] virtual Outcome<std::vector<Change>> changes_since(Revision revision,
                                                                     std::size_t rows_max) = 0;
    /// Adds a listener for the life of the store. Call it before the first transaction.
    virtual void listen(ChangeListener listener) = 0;
};

}  // namespace writ::store
