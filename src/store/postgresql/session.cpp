#include "store/postgresql/session.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "store/postgresql/migrate.h"

namespace writ::store::postgresql {
namespace {

std::vector<Bind> values_of(const Range& range) {
    std::vector<Bind> values(range.equal);
    values.insert(values.end(), range.after.begin(), range.after.end());
    constexpr auto no_limit = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
    values.emplace_back(std::min(range.rows_max, no_limit));
    return values;
}

}  // namespace

template <class Text>
Outcome<const char*> Session::statement(const Key& key, const Text& text) {
    if (const auto known = statements_.find(key); known != statements_.end()) return known->second.c_str();
    std::string name = "s" + std::to_string(statements_.size());
    if (auto prepared = connection_.prepare(name.c_str(), text()); !prepared) {
        return std::unexpected(std::move(prepared.error()));
    }
    return statements_.emplace(key, std::move(name)).first->second.c_str();
}

Outcome<const char*> Session::fixed(const char* text) {
    return statement({.verb = Verb::fixed, .subject = text}, [&] { return std::string(text); });
}

Outcome<void> Session::run(const char* text) {
    auto rows = connection_.run(text);
    if (!rows) return std::unexpected(std::move(rows.error()));
    return {};
}

Outcome<void> Session::scan(const Table& table, const Index& index, const Range& range,
                            const Reader::Sink& sink) {
    const sql::RangeShape shape = sql::shape_of(range);
    const auto select =
        statement({Verb::select, &table, &index, shape}, [&] { return sql::select(table, index, shape); });
    if (!select) return std::unexpected(select.error());
    const auto rows = connection_.execute(*select, values_of(range));
    if (!rows) return std::unexpected(rows.error());
    for (std::size_t i = 0; i < rows->size(); ++i) sink(ResultRow(*rows, i));
    return {};
}

Outcome<std::size_t> Session::count(const Table& table, const Index& index, const Range& range) {
    const sql::RangeShape shape = sql::shape_of(range);
    const auto count =
        statement({Verb::count, &table, &index, shape}, [&] { return sql::count(table, index, shape); });
    if (!count) return std::unexpected(count.error());
    const auto rows = connection_.execute(*count, values_of(range));
    if (!rows) return std::unexpected(rows.error());
    return static_cast<std::size_t>(ResultRow(*rows, 0).integer(0));
}

Outcome<void> Session::write(Outcome<const char*> statement, std::span<const Bind> values, bool must_touch) {
    if (!statement) return std::unexpected(std::move(statement.error()));
    const auto rows = connection_.execute_guarded(*statement, values);
    if (!rows) return std::unexpected(rows.error());
    if (must_touch && rows->touched() == 0) {
        return std::unexpected(Failure{FailureKind::not_found, {}, "no row of that key"});
    }
    return {};
}

Outcome<void> Session::insert(const Table& table, std::span<const Bind> row) {
    auto prepared = statement({.verb = Verb::insert, .subject = &table}, [&] { return sql::insert(table); });
    return write(std::move(prepared), row, false);
}

Outcome<void> Session::update(const Table& table, std::span<const Bind> row) {
    auto prepared = statement({.verb = Verb::update, .subject = &table}, [&] { return sql::update(table); });
    return write(std::move(prepared), row, true);
}

Outcome<void> Session::erase(const Table& table, std::span<const Bind> row) {
    auto prepared = statement({.verb = Verb::erase, .subject = &table}, [&] { return sql::erase(table); });
    std::vector<Bind> key;
    key.reserve(table.primary_key().column_count());
    for (std::size_t i = 0; i < table.primary_key().column_count(); ++i) {
        key.push_back(row[sql::key_column(table, i)]);
    }
    return write(std::move(prepared), key, true);
}

Outcome<Revision> Session::last_revision() {
    const auto prepared = fixed(sql::last_revision);
    if (!prepared) return std::unexpected(prepared.error());
    const auto rows = connection_.execute(*prepared, {});
    if (!rows) return std::unexpected(rows.error());
    const ResultRow row(*rows, 0);
    return row.is_null(0) ? 0 : row.integer(0);
}

Outcome<void> Session::append_changes(const std::vector<Change>& changes) {
    for (const Change& change : changes) {
        const std::array values{Bind(change.revision), Bind(change.entity.account_id),
                                Bind(change.entity.kind), Bind(change.entity.id)};
        if (auto written = write(fixed(sql::append_change), values, false); !written) return written;
    }
    return {};
}

Outcome<void> Session::drop_changes(Revision last, Revision revisions_max) {
    return write(fixed(sql::drop_changes), std::array{Bind(last), Bind(revisions_max)}, false);
}

Outcome<std::vector<Change>> Session::changes_since(Revision revision, std::size_t rows_max) {
    const auto prepared = fixed(sql::changes_since);
    if (!prepared) return std::unexpected(prepared.error());
    const auto rows = connection_.execute(*prepared, std::array{Bind(revision), Bind(rows_max)});
    if (!rows) return std::unexpected(rows.error());
    std::vector<Change> changes;
    changes.reserve(rows->size());
    for (std::size_t i = 0; i < rows->size(); ++i) {
        changes.push_back(sql::read_change(ResultRow(*rows, i)));
    }
    return changes;
}

Outcome<Revision> Session::try_to_begin(bool writing) {
    auto begun = run(writing ? "begin" : "begin isolation level repeatable read read only");
    if (begun && writing) begun = take_turn(connection_);
    // The moment that is read is that of the first statement: reading the revision pins it.
    if (begun) return last_revision();
    return std::unexpected(std::move(begun.error()));
}

Outcome<Revision> Session::begin(bool writing) {
    auto revision = try_to_begin(writing);
    if (!revision && !connection_.is_alive()) {
        if (auto reopened = reopen(); !reopened) return std::unexpected(std::move(reopened.error()));
        revision = try_to_begin(writing);
    }
    if (!revision) rollback();
    return revision;
}

Outcome<void> Session::reopen() {
    statements_.clear();
    return connection_.reopen();
}

Outcome<void> Session::commit() {
    if (connection_.transaction_failed()) {
        return std::unexpected(Failure{FailureKind::unavailable, {}, "a statement before has failed"});
    }
    auto done = run("commit");
    if (!done && !connection_.is_alive()) done.error().kind = FailureKind::unavailable;
    return done;
}

void Session::rollback() noexcept {
    if (connection_.in_transaction()) (void)connection_.run("rollback");
}

Outcome<void> Session::rollback_to_savepoint() {
    auto undone = run(sql::rollback_to_savepoint);
    return undone ? release_savepoint() : undone;
}

}  // namespace writ::store::postgresql
