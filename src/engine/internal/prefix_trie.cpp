#include "engine/internal/prefix_trie.h"

#include <algorithm>
#include <optional>

namespace writ::engine {
namespace {

std::uint32_t common_length(std::string_view a, std::string_view b) noexcept {
    const auto [end, other] = std::ranges::mismatch(a, b);
    return static_cast<std::uint32_t>(end - a.begin());
}

}  // namespace

// A node still to be written: the prefixes below it, and the word of its parent that will tell its place.
struct PrefixTriesBuilder::Pending {
    std::uint32_t begin, end;
    std::optional<std::size_t> reference;
};

// Breadth first, so that siblings lie side by side and no recursion depends on the input.
PrefixTries::Root PrefixTriesBuilder::add(std::span<const std::string_view> prefixes,
                                          std::uint32_t first_value) {
    if (prefixes.empty()) return PrefixTries::no_root;
    const auto root = static_cast<PrefixTries::Root>(words_.size());
    std::vector<Pending> pending{{0, static_cast<std::uint32_t>(prefixes.size()), std::nullopt}};
    for (std::size_t i = 0; i < pending.size(); ++i) {
        const Pending node = pending[i];
        if (node.reference) words_[*node.reference] = static_cast<std::uint32_t>(words_.size());
        write_node(prefixes, first_value, node, pending);
    }
    return root;
}

void PrefixTriesBuilder::write_node(std::span<const std::string_view> prefixes, std::uint32_t first_value,
                                    const Pending& node, std::vector<Pending>& pending) {
    const auto [begin, end, reference] = node;
    const std::uint32_t depth = common_length(prefixes[begin], prefixes[end - 1]);
    std::uint32_t at = begin;
    while (at != end && prefixes[at].size() == depth) ++at;
    const std::uint32_t value_count = at - begin;

    children_.clear();
    for (; at != end; ++at) {
        const char byte = prefixes[at][depth];
        if (children_.empty() || children_.back().byte != byte) children_.push_back({byte, at, at});
        children_.back().end = at + 1;
    }

    const auto child_count = static_cast<std::uint32_t>(children_.size());
    words_.insert(words_.end(), {depth, first_value + begin, value_count, child_count});
    const std::size_t bytes_at = words_.size();
    words_.resize(bytes_at + PrefixTries::Node::byte_words(child_count));
    char* const bytes = reinterpret_cast<char*>(words_.data() + bytes_at);
    std::ranges::transform(children_, bytes, &Child::byte);
    for (const Child& child : children_) {
        if (child.end - child.begin == 1) {
            words_.push_back((first_value + child.begin) | PrefixTries::single_value);
        } else {
            pending.push_back({child.begin, child.end, words_.size()});
            words_.push_back(0);
        }
    }
}

}  // namespace writ::engine
