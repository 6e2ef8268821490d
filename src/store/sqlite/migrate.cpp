#include "store/sqlite/migrate.h"

#include <string>

#include "store/internal/schema_steps.h"

namespace writ::store::sqlite {
namespace {

/// "WRIT" in the header of the file, so that file(1) and we know it.
constexpr std::int64_t application_id = 0x57524954;

Outcome<void> apply(Connection& connection, int version) {
    if (auto begun = connection.run("begin immediate"); !begun) return begun;
    auto present = connection.query_integer("pragma user_version");
    Outcome<void> done;
    if (!present) {
        done = std::unexpected(present.error());
    } else if (*present < version) {  // Else another process was faster.
        done = connection.run(sql::schema_steps()[static_cast<std::size_t>(version - 1)]);
        const std::string mark = "pragma application_id = " + std::to_string(application_id) +
                                 "; pragma user_version = " + std::to_string(version);
        if (done) done = connection.run(mark.c_str());
    }
    if (done) done = connection.run("commit");
    if (!done && connection.in_transaction()) (void)connection.run("rollback");
    return done;
}

Failure foreign_file(std::string detail) {
    return {FailureKind::corrupt, {}, std::move(detail)};
}

/// The version of the file; 0: it is empty.
Outcome<std::int64_t> version_of(Connection& connection) {
    auto tables = connection.query_integer("select count(*) from sqlite_schema");
    auto owner = connection.query_integer("pragma application_id");
    auto version = connection.query_integer("pragma user_version");
    for (const auto* outcome : {&tables, &owner, &version}) {
        if (!*outcome) return std::unexpected(outcome->error());
    }
    if (*tables > 0 && *owner != application_id) {
        return std::unexpected(foreign_file("the file is a database of another program"));
    }
    if (*version > newest_schema_version()) {
        return std::unexpected(foreign_file("the database was written by a newer version of this program"));
    }
    return version;
}

}  // namespace

int newest_schema_version() noexcept {
    return static_cast<int>(sql::schema_steps().size());
}

Outcome<void> check_up_to_date(Connection& connection) {
    const auto version = version_of(connection);
    if (!version) return std::unexpected(version.error());
    if (*version < newest_schema_version()) return std::unexpected(sql::outdated());
    return {};
}

Outcome<void> migrate(Connection& connection) {
    const auto version = version_of(connection);
    if (!version) return std::unexpected(version.error());
    for (auto next = static_cast<int>(*version) + 1; next <= newest_schema_version(); ++next) {
        if (auto applied = apply(connection, next); !applied) return applied;
    }
    return {};
}

}  // namespace writ::store::sqlite
