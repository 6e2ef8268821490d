#include "gateway/internal/requests/parameter_tree.h"

#include <algorithm>

namespace writ::gateway::internal {

ParameterTree::ParameterTree() {
    constexpr std::size_t usual_nodes = 16, usual_bytes = 256;
    nodes_.reserve(usual_nodes);
    texts_.reserve(usual_bytes);
    nodes_.emplace_back().kind = Kind::structure;
}

ParameterTree::Number ParameterTree::add(Number parent, Kind kind, std::string_view name) {
    const auto number = static_cast<Number>(nodes_.size());
    Node& node = nodes_.emplace_back();
    node.name = name;
    node.kind = kind;
    Node& above = nodes_[parent];
    (above.first_child == none ? above.first_child : nodes_[above.last_child].next) = number;
    above.last_child = number;
    return number;
}

ParameterTree::Number ParameterTree::add_entry(Number parent, Kind kind, std::string_view key) {
    const Number number = add(parent, kind, {});
    nodes_[number].key = copy(key);
    return number;
}

void ParameterTree::set_text(Number node, std::string_view text) {
    nodes_[node].text = copy(text);
}

std::string_view ParameterTree::name(Number node) const noexcept {
    const Node& named = nodes_[node];
    return named.name.data() != nullptr ? named.name
                                        : std::string_view(texts_).substr(named.key.begin, named.key.size);
}

std::string_view ParameterTree::text(Number node) const noexcept {
    const Text& text = nodes_[node].text;
    return std::string_view(texts_).substr(text.begin, text.size);
}

ParameterTree::Number ParameterTree::child(Number parent, std::string_view name) const noexcept {
    for (Number at = first_child(parent); at != none; at = next(at))
        if (this->name(at) == name) return at;
    return none;
}

ParameterTree::Number ParameterTree::element(Number list, std::size_t index) const noexcept {
    auto cursor = std::ranges::find(cursors_, list, &Cursor::list);
    if (cursor == cursors_.end()) {
        cursor = cursors_.begin() + static_cast<std::ptrdiff_t>(next_cursor_++ % cursors_.size());
        *cursor = {list, 0, first_child(list)};
    } else if (cursor->node == none || cursor->index > index) {
        *cursor = {list, 0, first_child(list)};
    }
    Number at = cursor->node;
    for (std::size_t i = cursor->index; at != none && i < index; ++i) at = next(at);
    if (at != none) *cursor = {list, index, at};
    return at;
}

bool ParameterTree::has_repeated_keys() const {
    std::vector<std::string_view> keys;
    for (Number map = 0; map < nodes_.size(); ++map) {
        if (nodes_[map].kind != Kind::map) continue;
        keys.clear();
        for (Number at = first_child(map); at != none; at = next(at)) keys.push_back(name(at));
        std::ranges::sort(keys);
        if (std::ranges::adjacent_find(keys) != keys.end()) return true;
    }
    return false;
}

ParameterTree::Text ParameterTree::copy(std::string_view text) {
    const Text copied{static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(text.size())};
    texts_ += text;
    return copied;
}

}  // namespace writ::gateway::internal
