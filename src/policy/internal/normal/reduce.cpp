#include "policy/internal/normal/reduce.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>

#include "base/text.h"

namespace writ::policy::internal {
namespace {

struct Item {
    std::string key;  ///< What is compared: the text, of actions in lower case.
    Scalar scalar;
    bool stays = true;
};

std::vector<Item> sorted_items(std::span<const Scalar> scalars, PatternKind kind) {
    std::vector<Item> items;
    items.reserve(scalars.size());
    for (const Scalar& scalar : scalars)
        items.push_back(
            {kind == PatternKind::action ? ascii_lower(scalar.text) : std::string(scalar.text), scalar});
    std::ranges::sort(items, [](const Item& a, const Item& b) {
        return std::tie(a.key, a.scalar.text, b.scalar.lexeme) <
               std::tie(b.key, b.scalar.text, a.scalar.lexeme);
    });
    const auto repeated = std::ranges::unique(items, {}, &Item::key);
    items.erase(repeated.begin(), repeated.end());
    return items;
}

// What a pattern covers begins as the pattern does up to its first wildcard, so it stands in one row of the
// sorted items; and it ends as the pattern does behind its last.
struct Row {
    std::size_t pattern;  ///< Index of the item.
    std::size_t begin;
    std::size_t end;
};

constexpr std::string_view wildcards = "*?";

std::vector<Row> rows_of(const std::vector<Item>& items) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::size_t wildcard = items[i].key.find_first_of(wildcards);
        if (wildcard == std::string::npos) continue;
        const std::string_view start = std::string_view(items[i].key).substr(0, wildcard);
        const auto begin =
            std::ranges::partition_point(items, [&](const Item& item) { return item.key < start; });
        const auto end = std::partition_point(begin, items.end(),
                                              [&](const Item& item) { return item.key.starts_with(start); });
        rows.push_back({i, static_cast<std::size_t>(begin - items.begin()),
                        static_cast<std::size_t>(end - items.begin())});
    }
    return rows;
}

// An upper bound of the steps that all comparisons may take: the bytes of each pattern times those of its
// row.
bool is_affordable(const std::vector<Item>& items, const std::vector<Row>& rows) {
    constexpr std::uint64_t steps_max = 500'000'000;
    std::vector<std::uint64_t> bytes_before{0};
    for (const Item& item : items) bytes_before.push_back(bytes_before.back() + item.key.size());
    std::uint64_t steps = 0;
    for (const Row& row : rows)
        steps += items[row.pattern].key.size() * (bytes_before[row.end] - bytes_before[row.begin]);
    return steps <= steps_max;
}

void leave_out_covered(std::vector<Item>& items, PatternKind kind, bool has_variables) {
    const std::vector<Row> rows = rows_of(items);
    if (!is_affordable(items, rows)) return;
    for (const Row& row : rows) {
        const std::string_view pattern = items[row.pattern].key;
        if (!items[row.pattern].stays) continue;
        const std::string_view end = pattern.substr(pattern.find_last_of(wildcards) + 1);
        for (std::size_t i = row.begin; i < row.end; ++i)
            if (i != row.pattern && items[i].stays && items[i].key.ends_with(end) &&
                covers(kind, has_variables, pattern, items[i].key))
                items[i].stays = false;
    }
}

}  // namespace

std::vector<Scalar> reduce(std::span<const Scalar> scalars, PatternKind kind, bool has_variables) {
    std::vector<Item> items = sorted_items(scalars, kind);
    if (kind != PatternKind::none) leave_out_covered(items, kind, has_variables);
    std::vector<Scalar> out;
    for (const Item& item : items)
        if (item.stays) out.push_back(item.scalar);
    return out;
}

}  // namespace writ::policy::internal
