#include "store/internal/sql.h"

#include <cassert>
#include <functional>

namespace writ::store::sql {
namespace {

std::string quoted(std::string_view name) {
    return '"' + std::string(name) + '"';
}

std::string parameter(std::size_t number) {
    return '$' + std::to_string(number);
}

template <class Count, class Part>
std::string joined(Count count, std::string_view separator, Part part) {
    std::string text;
    for (Count i = 0; i < count; ++i) {
        if (i > 0) text += separator;
        text += part(i);
    }
    return text;
}

std::string where(const Index& index, const RangeShape& shape) {
    std::string text;
    if (shape.equal > 0) {
        text = joined(shape.equal, " and ",
                      [&](std::size_t i) { return quoted(index.columns[i]) + " = " + parameter(i + 1); });
    }
    if (shape.after > 0) {
        if (!text.empty()) text += " and ";
        text += '(';
        text +=
            joined(shape.after, ", ", [&](std::size_t i) { return quoted(index.columns[shape.equal + i]); });
        text += shape.inclusive ? ") >= (" : ") > (";
        text += joined(shape.after, ", ", [&](std::size_t i) { return parameter(shape.equal + i + 1); });
        text += ')';
    }
    return text.empty() ? text : " where " + text;
}

std::string limit(const RangeShape& shape) {
    return " limit " + parameter(shape.equal + shape.after + 1);
}

std::string key_equals(const Table& table, auto number_of) {
    const Index& key = table.primary_key();
    return joined(key.column_count(), " and ",
                  [&](std::size_t i) { return quoted(key.columns[i]) + " = " + parameter(number_of(i)); });
}

}  // namespace

std::size_t StatementKeyHash::operator()(const StatementKey& key) const noexcept {
    std::size_t hash = std::hash<const void*>()(key.subject);
    hash = hash * 31 + std::hash<const void*>()(key.index);
    hash = hash * 31 + static_cast<std::size_t>(key.verb);
    return hash * 31 + key.shape.equal * 16 + key.shape.after * 2 + (key.shape.inclusive ? 1 : 0);
}

Change read_change(const Row& row) {
    return {row.integer(0),
            {static_cast<EntityKind>(row.integer(2)), std::string(row.text(1)), std::string(row.text(3))}};
}

std::size_t key_column(const Table& table, std::size_t position) noexcept {
    const std::string_view name = table.primary_key().columns[position];
    std::size_t column = 0;
    while (table.columns[column].name != name) ++column;
    return column;
}

std::string select(const Table& table, const Index& index, const RangeShape& shape) {
    assert(shape.equal + shape.after <= index.column_count());
    std::string text = "select ";
    text += joined(table.columns.size(), ", ", [&](std::size_t i) { return quoted(table.columns[i].name); });
    text += " from " + quoted(table.name) + where(index, shape);
    if (const std::size_t free = index.column_count() - shape.equal; free > 0) {
        text += " order by ";
        text += joined(free, ", ", [&](std::size_t i) { return quoted(index.columns[shape.equal + i]); });
    }
    return text + limit(shape);
}

std::string count(const Table& table, const Index& index, const RangeShape& shape) {
    return "select count(*) from (select 1 from " + quoted(table.name) + where(index, shape) + limit(shape) +
           ") as counted";
}

std::string insert(const Table& table) {
    std::string text = "insert into " + quoted(table.name) + " (";
    text += joined(table.columns.size(), ", ", [&](std::size_t i) { return quoted(table.columns[i].name); });
    text += ") values (";
    text += joined(table.columns.size(), ", ", [](std::size_t i) { return parameter(i + 1); });
    return text + ')';
}

std::string update(const Table& table) {
    std::string text = "update " + quoted(table.name) + " set ";
    text += joined(table.columns.size(), ", ",
                   [&](std::size_t i) { return quoted(table.columns[i].name) + " = " + parameter(i + 1); });
    return text + " where " + key_equals(table, [&](std::size_t i) { return key_column(table, i) + 1; });
}

std::string erase(const Table& table) {
    return "delete from " + quoted(table.name) + " where " +
           key_equals(table, [](std::size_t i) { return i + 1; });
}

}  // namespace writ::store::sql
