#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace writ::engine {

/// Finds, among many prefixes, those that a key may begin with. A blind trie: its nodes know at which byte
/// the prefixes below them part, not the bytes in between, so it may offer a prefix that the key does not
/// have, at most one node's worth a level; it never misses one. Whoever asks checks what it offers.
/// Many tries share one sequence of words, each known by the place of its root. A node lies in one piece, so
/// that a step costs one or two cache lines:
///     depth, first_value, value_count, child_count, the children's bytes (four a word), the children
class PrefixTries {
  public:
    using Root = std::uint32_t;
    static constexpr Root no_root = 0xFFFFFFFFU;

    /// `words` as a PrefixTriesBuilder made them.
    explicit PrefixTries(std::span<const std::uint32_t> words) noexcept : words_(words.data()) {}
    PrefixTries() = default;

    /// Calls visit(first, last) with ranges of values. Allocates nothing.
    /// Cost: one step for each branching of the prefixes along the key.
    template <class Visit>
    void visit(Root root, std::string_view key, Visit&& visit) const noexcept {
        if (root == no_root) return;
        for (std::uint32_t at = root;;) {
            const Node node{words_ + at};
            if (node.value_count() != 0) visit(node.first_value(), node.first_value() + node.value_count());
            if (node.depth() >= key.size()) return;
            const std::uint32_t child = node.find_child(key[node.depth()]);
            if (child == node.child_count()) return;
            const std::uint32_t reference = node.children()[child];
            if ((reference & single_value) != 0) {
                const std::uint32_t value = reference & ~single_value;
                visit(value, value + 1);
                return;
            }
            at = reference;
        }
    }

  private:
    friend class PrefixTriesBuilder;
    /// Marks a child that is a lone value; the others are places of nodes.
    static constexpr std::uint32_t single_value = 0x80000000U;

    class Node {
      public:
        static constexpr std::uint32_t head_words = 4;
        static constexpr std::uint32_t byte_words(std::uint32_t child_count) noexcept {
            return (child_count + 3) / 4;
        }

        explicit Node(const std::uint32_t* words) noexcept : words_(words) {}
        /// Length that all prefixes below share; their next byte branches.
        [[nodiscard]] std::uint32_t depth() const noexcept { return words_[0]; }
        /// Values whose prefix ends here.
        [[nodiscard]] std::uint32_t first_value() const noexcept { return words_[1]; }
        [[nodiscard]] std::uint32_t value_count() const noexcept { return words_[2]; }
        [[nodiscard]] std::uint32_t child_count() const noexcept { return words_[3]; }
        [[nodiscard]] const std::uint32_t* children() const noexcept {
            return words_ + head_words + byte_words(child_count());
        }
        /// child_count() when there is none for the byte.
        [[nodiscard]] std::uint32_t find_child(char byte) const noexcept {
            const char* bytes = reinterpret_cast<const char*>(words_ + head_words);
            std::uint32_t child = 0;
            while (child != child_count() && bytes[child] != byte) ++child;
            return child;
        }

      private:
        const std::uint32_t* words_;
    };

    const std::uint32_t* words_ = nullptr;
};

/// Invariant: prefixes are told in ascending order, so the values of a node are neighbours.
class PrefixTriesBuilder {
  public:
    /// `prefixes` ascending; prefix i stands for the value first_value + i. no_root when there are none.
    PrefixTries::Root add(std::span<const std::string_view> prefixes, std::uint32_t first_value);
    [[nodiscard]] std::span<const std::uint32_t> words() const noexcept { return words_; }

  private:
    struct Pending;
    void write_node(std::span<const std::string_view> prefixes, std::uint32_t first_value,
                    const Pending& node, std::vector<Pending>& pending);
    /// Prefixes of a node that go on with the same byte.
    struct Child {
        char byte;
        std::uint32_t begin, end;
    };
    std::vector<std::uint32_t> words_;
    std::vector<Child> children_;  ///< Scratch: of the node being written.
};

}  // namespace writ::engine
