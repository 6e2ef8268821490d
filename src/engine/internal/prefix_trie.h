#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace writ::engine {

/// Finds, among many prefixes, those that a key may begin with. A blind trie: its nodes know at which byte
/// the prefixes below them part, not the bytes in between, so it may offer a prefix that the key does not
/// have, at most one node's worth a level; it never misses one. Whoever asks checks what it offers.
/// Many tries share one object, each known by its root.
/// Invariant: prefixes are told in ascending order, so the values of a node are neighbours.
class PrefixTries {
  public:
    using Root = std::uint32_t;
    static constexpr Root no_root = 0xFFFFFFFFU;

    /// `prefixes` ascending; prefix i stands for the value first_value + i. no_root when there are none.
    Root add(std::span<const std::string_view> prefixes, std::uint32_t first_value);
    void shrink_to_fit();

    /// Calls visit(first, last) with ranges of values. Allocates nothing.
    /// Cost: one step for each branching of the prefixes along the key.
    template <class Visit>
    void visit(Root root, std::string_view key, Visit&& visit) const noexcept {
        if (root == no_root) return;
        const Node* node = &nodes_[root];
        for (;;) {
            if (node->value_count != 0) visit(node->first_value, node->first_value + node->value_count);
            if (node->depth >= key.size()) return;
            const char byte = key[node->depth];
            std::uint32_t child = node->first_child;
            const std::uint32_t end = child + node->child_count;
            while (child != end && child_bytes_[child] != byte) ++child;
            if (child == end) return;
            const std::uint32_t reference = children_[child];
            if ((reference & single_value) != 0) {
                const std::uint32_t value = reference & ~single_value;
                visit(value, value + 1);
                return;
            }
            node = &nodes_[reference];
        }
    }

    [[nodiscard]] std::size_t bytes() const noexcept {
        return nodes_.capacity() * sizeof(Node) + children_.capacity() * sizeof(std::uint32_t) +
               child_bytes_.capacity();
    }

  private:
    static constexpr std::uint32_t single_value = 0x80000000U;
    struct Node {
        std::uint32_t depth = 0;        ///< Length that all prefixes below share; their next byte branches.
        std::uint32_t first_value = 0;  ///< Values whose prefix ends here.
        std::uint32_t value_count = 0;
        std::uint32_t first_child = 0;
        std::uint32_t child_count = 0;
    };
    std::vector<Node> nodes_;
    std::vector<std::uint32_t> children_;  ///< A node, or with single_value set a lone value.
    std::vector<char> child_bytes_;        ///< Parallel to children_.
};

}  // namespace writ::engine
