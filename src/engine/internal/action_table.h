#pragma once

#include <cstdint>
#include <span>

#include "engine/internal/action_pattern.h"

namespace writ::engine {

/// The patterns of a long Action or NotAction, made findable: AWS's own policies list thousands. Those with
/// wildcards are found by the hash of their service, the others by the hash of the action.
struct ActionTable {
    /// Patterns that share a hash; a place in the table.
    struct Run {
        std::uint64_t hash = 0;
        std::uint32_t first = 0;
        std::uint32_t count = 0;  ///< 0: free.
    };

    std::span<const ActionPattern> anywhere;  ///< `*`, "s*:get*": to be tried for every action.
    std::span<const ActionPattern> patterns;  ///< Ascending by hash.
    std::span<const Run> runs;                ///< Open addressing, a power of two.
};

/// A list that is not long is read through: that costs less than two look-ups.
[[nodiscard]] constexpr bool is_long_list(std::size_t patterns) noexcept {
    return patterns > 8;
}

/// Sorts `patterns`, which the table then views. Cost: n log n.
[[nodiscard]] ActionTable make_action_table(std::span<ActionPattern> patterns, Arena& arena);

/// Whether any pattern matches. Cost: two look-ups, and the wildcards of the service asked for.
[[nodiscard]] bool matches_any(const ActionTable& table, const Request& request) noexcept;

}  // namespace writ::engine
