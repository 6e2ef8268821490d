#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "store/internal/sql.h"
#include "store/postgresql/connection.h"
#include "store/store.h"

namespace writ::store::postgresql {

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

    /// Begins to read one moment, or to write alone among all nodes; the revision that it begins at. A
    /// connection that was lost in the meantime is made anew once.
    [[nodiscard]] Outcome<Revision> begin(bool writing);
    /// A failure with the connection lost is `unavailable`: whether it was done is not known.
    [[nodiscard]] Outcome<void> commit();
    /// Nothing happens when no transaction is open.
    void rollback() noexcept;

    /// Connects anew; what was prepared is prepared again on its next use.
    [[nodiscard]] Outcome<void> reopen();
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
    Outcome<const char*> statement(const Key& key, const Text& text);
    Outcome<const char*> fixed(const char* text);
    Outcome<void> run(const char* text);
    Outcome<Revision> try_to_begin(bool writing);
    Outcome<void> write(Outcome<const char*> statement, std::span<const Bind> values, bool must_touch);

    Connection connection_;
    std::unordered_map<Key, std::string, sql::StatementKeyHash> statements_;  ///< Names of prepared ones.
};

}  // namespace writ::store::postgresql
