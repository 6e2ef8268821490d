#pragma once

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

/// Position in the table of the `position`th column of the primary key.
[[nodiscard]] std::size_t key_column(const Table& table, std::size_t position) noexcept;

}  // namespace writ::store::sql
