#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include "store/schema.h"
#include "store/store.h"

/// The few statements that every engine needs, written for one table. SQLite and PostgreSQL read the same
/// text: parameters are $1, $2 … in the order in which they appear, names are quoted.
namespace writ::store::sql {

/// What of a Range shapes the text; the values are parameters.
struct RangeShape {
    std::size_t equal = 0;
    std::size_t after = 0;
    bool inclusive = false;

    bool operator==(const RangeShape&) const = default;
};

[[nodiscard]] inline RangeShape shape_of(const Range& range) noexcept {
    return {range.equal.size(), range.after.size(), range.inclusive};
}

/// Parameters: the equal values, the after values, the greatest number of rows.
[[nodiscard]] std::string select(const Table& table, const Index& index, const RangeShape& shape);
/// Parameters: as select().
[[nodiscard]] std::string count(const Table& table, const Index& index, const RangeShape& shape);
/// Parameters: all columns in the order of the table.
[[nodiscard]] std::string insert(const Table& table);
/// Parameters: all columns in the order of the table, in this order, too.
[[nodiscard]] std::string update(const Table& table);
/// Parameters: the columns of the primary key.
[[nodiscard]] std::string erase(const Table& table);

/// The feed. Parameters of append: revision, account id, entity kind, entity id; of since: the revision, the
/// greatest number of rows.
inline constexpr const char* last_revision = "select max(revision) from changes";
inline constexpr const char* append_change =
    "insert into changes (revision, account_id, entity_kind, entity_id) values ($1, $2, $3, $4)";
inline constexpr const char* changes_since =
    "select revision, account_id, entity_kind, entity_id from changes where revision > $1"
    " order by revision, entity_kind, account_id, entity_id limit $2";
/// Parameters: the last revision that may go; of how many revisions at once, the oldest first.
inline constexpr const char* drop_changes =
    "delete from changes where revision <= $1 and revision < (select min(revision) from changes) + $2";

inline constexpr const char* savepoint = "savepoint member";
inline constexpr const char* release_savepoint = "release savepoint member";
inline constexpr const char* rollback_to_savepoint = "rollback to savepoint member";

/// As a number of rows: no limit.
inline constexpr auto all_changes = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());

/// What a prepared statement of one of these texts is found by.
struct StatementKey {
    enum class Verb : std::uint8_t { select, count, insert, update, erase, fixed };

    Verb verb = Verb::fixed;
    const void* subject = nullptr;  ///< Table, or the text of a fixed statement.
    const Index* index = nullptr;
    RangeShape shape{};

    bool operator==(const StatementKey&) const = default;
};
struct StatementKeyHash {
    [[nodiscard]] std::size_t operator()(const StatementKey& key) const noexcept;
};

/// The change that a row of `changes_since` stands for.
[[nodiscard]] Change read_change(const Row& row);

/// Position in the table of the `position`th column of the primary key.
[[nodiscard]] std::size_t key_column(const Table& table, std::size_t position) noexcept;

}  // namespace writ::store::sql
