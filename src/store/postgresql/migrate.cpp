#include "store/postgresql/migrate.h"

#include <string>

#include "store/internal/schema_steps.h"

namespace writ::store::postgresql {
namespace {

Failure foreign_schema(std::string detail) {
    return {FailureKind::corrupt, {}, std::move(detail)};
}

/// "schema_version" has one row: the number of the last step that was applied.
constexpr const char* has_version =
    "select count(*) from pg_tables where schemaname = current_schema() and tablename = 'schema_version'";
constexpr const char* count_tables = "select count(*) from pg_tables where schemaname = current_schema()";
constexpr const char* read_version = "select max(version) from schema_version";
constexpr const char* make_version =
    "create table schema_version (version bigint not null); insert into schema_version values (0)";

Outcome<void> run(Connection& connection, const std::string& text) {
    auto rows = connection.run(text.c_str());
    if (!rows) return std::unexpected(std::move(rows.error()));
    return {};
}

/// Runs `work` alone among all nodes; all of it or nothing.
template <class Work>
Outcome<void> in_turn(Connection& connection, const Work& work) {
    if (auto begun = run(connection, "begin"); !begun) return begun;
    auto done = take_turn(connection);
    if (done) done = work();
    if (done) done = run(connection, "commit");
    if (!done && connection.in_transaction()) (void)connection.run("rollback");
    return done;
}

Outcome<void> claim(Connection& connection) {
    const auto ours = connection.query_integer(has_version);
    if (!ours) return std::unexpected(ours.error());
    if (*ours > 0) return {};
    const auto tables = connection.query_integer(count_tables);
    if (!tables) return std::unexpected(tables.error());
    if (*tables > 0) {
        return std::unexpected(foreign_schema("the schema holds the tables of another program"));
    }
    return run(connection, make_version);
}

Outcome<void> apply(Connection& connection, std::int64_t version) {
    const auto present = connection.query_integer(read_version);
    if (!present) return std::unexpected(present.error());
    if (*present >= version) return {};  // Another node was faster.
    const char* step = sql::schema_steps()[static_cast<std::size_t>(version - 1)];
    if (auto done = run(connection, sql::postgresql_step(step)); !done) return done;
    return run(connection, "update schema_version set version = " + std::to_string(version));
}

/// The version of a schema that was claimed.
Outcome<std::int64_t> version_of(Connection& connection) {
    auto version = connection.query_integer(read_version);
    if (version && *version > static_cast<std::int64_t>(sql::schema_steps().size())) {
        return std::unexpected(foreign_schema("the database was written by a newer version of this program"));
    }
    return version;
}

}  // namespace

Outcome<void> take_turn(Connection& connection) {
    // 0x57524954 is "WRIT"; the lock is of this schema in this database, and goes with the transaction.
    return run(connection, "select pg_advisory_xact_lock(x'57524954'::int, hashtext(current_schema()))");
}

Outcome<void> check_up_to_date(Connection& connection) {
    const auto ours = connection.query_integer(has_version);
    if (!ours) return std::unexpected(ours.error());
    if (*ours == 0) return std::unexpected(sql::outdated());
    const auto version = version_of(connection);
    if (!version) return std::unexpected(version.error());
    if (*version < static_cast<std::int64_t>(sql::schema_steps().size())) {
        return std::unexpected(sql::outdated());
    }
    return {};
}

Outcome<void> migrate(Connection& connection) {
    if (auto claimed = in_turn(connection, [&] { return claim(connection); }); !claimed) return claimed;
    const auto version = version_of(connection);
    if (!version) return std::unexpected(version.error());
    const auto newest = static_cast<std::int64_t>(sql::schema_steps().size());
    for (std::int64_t next = *version + 1; next <= newest; ++next) {
        auto applied = in_turn(connection, [&] { return apply(connection, next); });
        if (!applied) return applied;
    }
    return {};
}

}  // namespace writ::store::postgresql
