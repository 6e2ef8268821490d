#include "engine/internal/prefix_trie.h"

#include <algorithm>

namespace writ::engine {
namespace {

std::uint32_t common_length(std::string_view a, std::string_view b) noexcept {
    const auto [end, other] = std::ranges::mismatch(a, b);
    return static_cast<std::uint32_t>(end - a.begin());
}

}  // namespace

// Breadth first, so that children of a node lie side by side and no recursion depends on the input.
PrefixTries::Root PrefixTries::add(std::span<const std::string_view> prefixes, std::uint32_t first_value) {
    if (prefixes.empty()) return no_root;
    struct Range {
        std::uint32_t begin, end;
    };
    const auto root = static_cast<Root>(nodes_.size());
    std::vector<Range> ranges{{0, static_cast<std::uint32_t>(prefixes.size())}};
    nodes_.emplace_back();
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const auto [begin, end] = ranges[i];
        Node node;
        node.depth = common_length(prefixes[begin], prefixes[end - 1]);
        node.first_value = first_value + begin;
        std::uint32_t at = begin;
        while (at != end && prefixes[at].size() == node.depth) ++at;
        node.value_count = at - begin;
        node.first_child = static_cast<std::uint32_t>(children_.size());
        while (at != end) {
            const char byte = prefixes[at][node.depth];
            const std::uint32_t first = at;
            while (at != end && prefixes[at][node.depth] == byte) ++at;
            child_bytes_.push_back(byte);
            if (at - first == 1) {
                children_.push_back((first_value + first) | single_value);
            } else {
                children_.push_back(static_cast<std::uint32_t>(nodes_.size()));
                ranges.push_back({first, at});
                nodes_.emplace_back();
            }
        }
        node.child_count = static_cast<std::uint32_t>(children_.size()) - node.first_child;
        nodes_[root + i] = node;
    }
    return root;
}

void PrefixTries::shrink_to_fit() {
    nodes_.shrink_to_fit();
    children_.shrink_to_fit();
    child_bytes_.shrink_to_fit();
}

}  // namespace writ::engine
