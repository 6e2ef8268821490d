#include "reference/authorization.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "reference/internal/authorization_table.h"
#include "reference/internal/holes.h"

namespace writ::reference {
namespace {

using internal::authorization_table;
using internal::fills_holes;
using internal::NameIndex;

// The indexes by name are made apart from the table: who only lists does not need them.
const NameIndex& action_index() {
    static const NameIndex index(static_cast<std::uint32_t>(authorization_table().actions.size()),
                                 [](std::uint32_t row) { return authorization_table().actions[row].name; });
    return index;
}

const NameIndex& condition_key_index() {
    static const NameIndex index(static_cast<std::uint32_t>(condition_keys().size()),
                                 [](std::uint32_t row) { return condition_keys()[row].name; });
    return index;
}

}  // namespace

std::span<const Service> services() noexcept {
    return authorization_table().services;
}

const Service* find_service(std::string_view prefix) noexcept {
    const auto all = services();
    const auto lower = ascii_lower(prefix);
    const auto found = std::ranges::lower_bound(all, lower, {}, &Service::prefix);
    return found != all.end() && found->prefix == lower ? &*found : nullptr;
}

const Action* find_action(std::string_view action) noexcept {
    const auto* actions = authorization_table().actions.data();
    const auto row = action_index().find(action, [actions](std::uint32_t at) { return actions[at].name; });
    return row == NameIndex::none ? nullptr : actions + row;
}

std::span<const ConditionKey> condition_keys() noexcept {
    return authorization_table().condition_keys;
}

const ConditionKey* find_condition_key(std::string_view name) noexcept {
    const auto* keys = condition_keys().data();
    const auto row = condition_key_index().find(name, [keys](std::uint32_t at) { return keys[at].name; });
    if (row != NameIndex::none) return keys + row;
    for (const auto with_hole : authorization_table().keys_with_hole)
        if (fills_holes(keys[with_hole].name, name)) return keys + with_hole;
    return nullptr;
}

std::string_view name(AccessLevel level) noexcept {
    constexpr std::array<std::string_view, 5> names{"List", "Read", "Write", "Permissions management",
                                                    "Tagging"};
    return names[static_cast<std::size_t>(level)];
}

std::string_view name(KeyType type) noexcept {
    constexpr std::array<std::string_view, 7> names{"String", "ARN",       "Bool",  "Numeric",
                                                    "Date",   "IPAddress", "Binary"};
    return names[static_cast<std::size_t>(type)];
}

}  // namespace writ::reference
