#pragma once

#include <cstddef>
#include <unordered_map>

#include "store/internal/sql.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace writ::store::sqlite {

/// A connection with its prepared statements: what a reader or a transaction borrows. For one thread at a
/// time.
class Session {
  public:
    explicit Session(Connection connection) : connection_(std::move(connection)) {}

    [[nodiscard]] Outcome<void> scan(const Table& table, const Index& index, const Range& range,
                                     const Reader::Sink& sink);
    [[nodiscard]] Outcome<std::size_t> count(const Table& table, const Index& index, const Range& range);
    [[nodiscard]] Outcome<void> insert(const Table& table, std::span<const Bind> row);
    [[nodiscard]] Outcome<void> update(const Table& table, std::span<const Bind> row);
    [[nodiscard]] Outcome<void> erase(const Table& table, std::span<const Bind> row);

    /// Greatest revision in the feed as this connection's transaction sees it.
    [[nodiscard]] Outcome<Revision> last_revision();
    [[nodiscard]] Outcome<void> append_changes(const std::vector<Change>& changes);
    /// Those up to `last`, at most of the `revisions_max` oldest revisions.
    [[nodiscard]] Outcome<void> drop_changes(Revision last, Revision revisions_max);
    [[nodiscard]] Outcome<std::vector<Change>> changes_since(Revision revision, std::size_t rows_max);

    /// Begins to read one moment, or to write alone; the revision that it begins at.
    [[nodiscard]] Outcome<Revision> begin(bool writing);
    [[nodiscard]] Outcome<void> commit();
    /// Nothing happens when no transaction is open.
    void rollback() noexcept;

    /// In a transaction that writes: a point to come back to, one at a time.
    [[nodiscard]] Outcome<void> set_savepoint() { return run(sql::savepoint); }
    [[nodiscard]] Outcome<void> release_savepoint() { return run(sql::release_savepoint); }
    /// Undoes what was written since, and forgets the point.
    [[nodiscard]] Outcome<void> rollback_to_savepoint();
    [[nodiscard]] bool in_transaction() const noexcept { return connection_.in_transaction(); }

    [[nodiscard]] Connection& connection() noexcept { return connection_; }

  private:
    using Verb = sql::StatementKey::Verb;
    using Key = sql::StatementKey;
    template <class Text>
    Outcome<Statement*> statement(const Key& key, const Text& text);
    Outcome<Statement*> fixed(const char* text);
    Outcome<void> run(const char* text);
    Outcome<void> write(Outcome<Statement*> statement, bool must_touch);

    Connection connection_;
    std::unordered_map<Key, Statement, sql::StatementKeyHash> statements_;
};

}  // namespace writ::store::sqlite
