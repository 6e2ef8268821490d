#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/internal/arena.h"
#include "engine/internal/compiled_document.h"
#include "engine/internal/prefix_trie.h"
#include "engine/policies.h"

namespace writ::engine {

/// The statements of a set, findable by the service of the action and the resource. Each statement stands in
/// the bucket of every service that its actions name (or in the one for any service), there under the literal
/// beginning of each of its resource patterns. What a look-up offers may still fail to match; it never leaves
/// out what matches.
struct PolicySet::Index {
    explicit Index(std::vector<Member> members);

    struct Entry {
        const CompiledStatement* statement;
        std::uint32_t ordinal;      ///< Counts the statements of all members.
        std::uint16_t pattern;      ///< Resource pattern, or every_resource_pattern.
        std::uint16_t action_bits;  ///< A bit for each action it names; all bits for wildcards.
    };
    struct Bucket {
        std::uint64_t service_hash;
        PrefixTries::Root root;
    };

    [[nodiscard]] std::uint32_t statement_count() const noexcept { return first_ordinals.back(); }
    /// {member, statement of its document}.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> locate(std::uint32_t ordinal) const noexcept;
    [[nodiscard]] std::size_t bytes() const noexcept;

    [[nodiscard]] static std::uint16_t action_bit(std::uint64_t action_hash) noexcept {
        return static_cast<std::uint16_t>(1U << (action_hash >> 60));
    }

    /// Calls visit(entry) for every statement that may match action and resource; some more than once.
    template <class Visit>
    void visit(const Request& request, Visit&& visit) const noexcept {
        const std::uint16_t bit = action_bit(request.action_hash());
        const auto visit_range = [&](std::uint32_t first, std::uint32_t last) {
            for (; first != last; ++first) {
                if ((entries[first].action_bits & bit) != 0) visit(entries[first]);
            }
        };
        tries.visit(root_of(request.service_hash()), request.index_key(), visit_range);
        tries.visit(any_service, request.index_key(), visit_range);
    }

    // What a decision reads comes first and lies in one piece, side by side: a principal who has not asked
    // for long is in no cache, and every line that is read then costs more than the rest of the decision.
    std::span<const Bucket> buckets;  ///< Ascending by hash.
    std::span<const Entry> entries;
    PrefixTries tries;
    PrefixTries::Root any_service = PrefixTries::no_root;
    std::span<const std::uint32_t> first_ordinals;  ///< Of each member, and the count of all statements.
    std::vector<Member> members;

  private:
    void pack(const std::vector<Bucket>& buckets, const std::vector<std::uint32_t>& ordinals,
              std::span<const std::uint32_t> trie_words, const std::vector<Entry>& entries);

    [[nodiscard]] PrefixTries::Root root_of(std::uint64_t service_hash) const noexcept {
        std::size_t low = 0, high = buckets.size();
        while (low < high) {
            const std::size_t middle = (low + high) / 2;
            const std::uint64_t hash = buckets[middle].service_hash;
            if (hash == service_hash) return buckets[middle].root;
            if (hash < service_hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return PrefixTries::no_root;
    }

    std::size_t packed_bytes_ = 0;
    std::optional<Arena> arena_;  ///< Of the spans above.
};

}  // namespace writ::engine
