#include "store/sqlite/session.h"

#include <algorithm>
#include <limits>

namespace writ::store::sqlite {
namespace {

// Fixed statements are found by the address of their text.
constexpr const char* sql_begin_read = "begin";
constexpr const char* sql_begin_write = "begin immediate";
constexpr const char* sql_commit = "commit";

void bind_range(Statement& statement, const Range& range) {
    int parameter = 1;
    for (const Bind& value : range.equal) statement.bind(parameter++, value);
    for (const Bind& value : range.after) statement.bind(parameter++, value);
    constexpr auto no_limit = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
    statement.bind(parameter, Bind(std::min(range.rows_max, no_limit)));
}

}  // namespace

template <class Text>
Outcome<Statement*> Session::statement(const Key& key, const Text& text) {
    if (const auto known = statements_.find(key); known != statements_.end()) return &known->second;
    auto prepared = connection_.prepare(text());
    if (!prepared) return std::unexpected(std::move(prepared.error()));
    return &statements_.emplace(key, std::move(*prepared)).first->second;
}

Outcome<Statement*> Session::fixed(const char* text) {
    return statement({.verb = Verb::fixed, .subject = text}, [&] { return std::string_view(text); });
}

Outcome<void> Session::run(const char* text) {
    auto prepared = fixed(text);
    if (!prepared) return std::unexpected(std::move(prepared.error()));
    auto stepped = (*prepared)->step();
    if (!stepped) return std::unexpected(std::move(stepped.error()));
    if (*stepped) (*prepared)->reset();
    return {};
}

Outcome<void> Session::scan(const Table& table, const Index& index, const Range& range,
                            const Reader::Sink& sink) {
    const sql::RangeShape shape = sql::shape_of(range);
    auto prepared =
        statement({Verb::select, &table, &index, shape}, [&] { return sql::select(table, index, shape); });
    if (!prepared) return std::unexpected(std::move(prepared.error()));
    Statement& select = **prepared;
    bind_range(select, range);
    const StatementRow row(select);
    while (true) {
        auto stepped = select.step();
        if (!stepped) return std::unexpected(std::move(stepped.error()));
        if (!*stepped) return {};
        sink(row);
    }
}

Outcome<std::size_t> Session::count(const Table& table, const Index& index, const Range& range) {
    const sql::RangeShape shape = sql::shape_of(range);
    auto prepared =
        statement({Verb::count, &table, &index, shape}, [&] { return sql::count(table, index, shape); });
    if (!prepared) return std::unexpected(std::move(prepared.error()));
    Statement& count = **prepared;
    bind_range(count, range);
    auto stepped = count.step();
    if (!stepped) return std::unexpected(std::move(stepped.error()));
    const auto rows = *stepped ? static_cast<std::size_t>(StatementRow(count).integer(0)) : 0;
    count.reset();
    return rows;
}

Outcome<void> Session::write(Outcome<Statement*> statement, bool must_touch) {
    if (!statement) return std::unexpected(std::move(statement.error()));
    auto stepped = (*statement)->step();
    if (!stepped) return std::unexpected(std::move(stepped.error()));
    if (must_touch && connection_.rows_changed() == 0) {
        return std::unexpected(Failure{FailureKind::not_found, {}, "no row of that key"});
    }
    return {};
}

Outcome<void> Session::insert(const Table& table, std::span<const Bind> row) {
    auto prepared = statement({.verb = Verb::insert, .subject = &table}, [&] { return sql::insert(table); });
    if (prepared) {
        for (std::size_t i = 0; i < row.size(); ++i) (*prepared)->bind(static_cast<int>(i + 1), row[i]);
    }
    return write(std::move(prepared), false);
}

Outcome<void> Session::update(const Table& table, std::span<const Bind> row) {
    auto prepared = statement({.verb = Verb::update, .subject = &table}, [&] { return sql::update(table); });
    if (prepared) {
        for (std::size_t i = 0; i < row.size(); ++i) (*prepared)->bind(static_cast<int>(i + 1), row[i]);
    }
    return write(std::move(prepared), true);
}

Outcome<void> Session::erase(const Table& table, std::span<const Bind> row) {
    auto prepared = statement({.verb = Verb::erase, .subject = &table}, [&] { return sql::erase(table); });
    if (prepared) {
        for (std::size_t i = 0; i < table.primary_key().column_count(); ++i) {
            (*prepared)->bind(static_cast<int>(i + 1), row[sql::key_column(table, i)]);
        }
    }
    return write(std::move(prepared), true);
}

Outcome<Revision> Session::last_revision() {
    auto prepared = fixed(sql::last_revision);
    if (!prepared) return std::unexpected(std::move(prepared.error()));
    auto stepped = (*prepared)->step();
    if (!stepped) return std::unexpected(std::move(stepped.error()));
    const Revision revision = *stepped ? StatementRow(**prepared).integer(0) : 0;
    (*prepared)->reset();
    return revision;
}

Outcome<void> Session::append_changes(const std::vector<Change>& changes) {
    auto prepared = fixed(sql::append_change);
    if (!prepared) return std::unexpected(std::move(prepared.error()));
    for (const Change& change : changes) {
        (*prepared)->bind(1, Bind(change.revision));
        (*prepared)->bind(2, Bind(change.entity.account_id));
        (*prepared)->bind(3, Bind(change.entity.kind));
        (*prepared)->bind(4, Bind(change.entity.id));
        if (auto written = write(*prepared, false); !written) return written;
    }
    return {};
}

Outcome<void> Session::drop_changes(Revision last, Revision revisions_max) {
    auto prepared = fixed(sql::drop_changes);
    if (!prepared) return std::unexpected(std::move(prepared.error()));
    (*prepared)->bind(1, Bind(last));
    (*prepared)->bind(2, Bind(revisions_max));
    return write(*prepared, false);
}

Outcome<std::vector<Change>> Session::changes_since(Revision revision, std::size_t rows_max) {
    auto prepared = fixed(sql::changes_since);
    if (!prepared) return std::unexpected(std::move(prepared.error()));
    Statement& select = **prepared;
    select.bind(1, Bind(revision));
    select.bind(2, Bind(rows_max));
    const StatementRow row(select);
    std::vector<Change> changes;
    while (true) {
        auto stepped = select.step();
        if (!stepped) return std::unexpected(std::move(stepped.error()));
        if (!*stepped) return changes;
        changes.push_back(sql::read_change(row));
    }
}

Outcome<Revision> Session::begin(bool writing) {
    if (auto begun = run(writing ? sql_begin_write : sql_begin_read); !begun) {
        return std::unexpected(std::move(begun.error()));
    }
    // SQLite takes the snapshot at the first statement: reading the revision pins it.
    auto revision = last_revision();
    if (!revision) rollback();
    return revision;
}

Outcome<void> Session::commit() {
    return run(sql_commit);
}

void Session::rollback() noexcept {
    if (connection_.in_transaction()) (void)connection_.run("rollback");
}

Outcome<void> Session::rollback_to_savepoint() {
    auto undone = run(sql::rollback_to_savepoint);
    return undone ? release_savepoint() : undone;
}

}  // namespace writ::store::sqlite
