#include "policy/internal/normal/reduce.h"

#include <algorithm>
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
// sorted items.
void leave_out_covered_by(const Item& pattern, std::vector<Item>& items, PatternKind kind,
                          bool has_variables) {
    const std::size_t wildcard = pattern.key.find_first_of("*?");
    if (wildcard == std::string::npos) return;
    const std::string_view start = std::string_view(pattern.key).substr(0, wildcard);
    for (auto item = std::ranges::lower_bound(items, start, {},
                                              [](const Item& i) { return std::string_view(i.key); });
         item != items.end() && item->key.starts_with(start); ++item)
        if (item->stays && &*item != &pattern && covers(kind, has_variables, pattern.key, item->key))
            item->stays = false;
}

}  // namespace

std::vector<Scalar> reduce(std::span<const Scalar> scalars, PatternKind kind, bool has_variables) {
    std::vector<Item> items = sorted_items(scalars, kind);
    if (kind != PatternKind::none)
        for (const Item& item : items)
            if (item.stays) leave_out_covered_by(item, items, kind, has_variables);
    std::vector<Scalar> out;
    for (const Item& item : items)
        if (item.stays) out.push_back(item.scalar);
    return out;
}

}  // namespace writ::policy::internal
