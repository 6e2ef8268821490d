#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/parameters.h"

namespace writ::gateway::internal {

/// The parameters of a request as a tree of values under the names of the model. The nodes lie in one vector
/// and the texts in one string, so that a small request costs few allocations. For one thread at a time.
class ParameterTree {
  public:
    enum class Kind : std::uint8_t { structure, list, map, scalar, null };
    using Number = std::uint32_t;  ///< Of a node.
    static constexpr Number none = 0xFFFFFFFFU;
    static constexpr Number root = 0;  ///< The structure of all parameters.

    ParameterTree();

    /// Adds a value behind those that `parent` has. `name` is a member's of the model and is not copied.
    Number add(Number parent, Kind kind, std::string_view name);
    /// Adds the value under a key of a map; copies the key.
    Number add_entry(Number parent, Kind kind, std::string_view key);
    void set_text(Number node, std::string_view text);

    [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
    [[nodiscard]] Kind kind(Number node) const noexcept { return nodes_[node].kind; }
    /// Of a member or of an entry of a map; empty for elements of lists.
    [[nodiscard]] std::string_view name(Number node) const noexcept;
    [[nodiscard]] std::string_view text(Number node) const noexcept;
    [[nodiscard]] Number first_child(Number node) const noexcept { return nodes_[node].first_child; }
    [[nodiscard]] Number next(Number node) const noexcept { return nodes_[node].next; }
    /// The child of that name; `none` when there is none. Linear in the children.
    [[nodiscard]] Number child(Number parent, std::string_view name) const noexcept;
    /// The element of a list at an index; `none` when there is none. Whoever asks for one after the other
    /// pays for one step each.
    [[nodiscard]] Number element(Number list, std::size_t index) const noexcept;
    /// Whether any map has a key twice.
    [[nodiscard]] bool has_repeated_keys() const;

  private:
    struct Text {
        std::uint32_t begin = 0, size = 0;
    };
    struct Node {
        std::string_view name;
        Text key, text;
        Number first_child = none, last_child = none, next = none;
        Kind kind = Kind::null;
    };

    /// Where an element was found last.
    struct Cursor {
        Number list = none;
        std::size_t index = 0;
        Number node = none;
    };

    Text copy(std::string_view text);

    std::vector<Node> nodes_;
    std::string texts_;
    mutable std::array<Cursor, 4> cursors_{};  ///< Of as many lists, which may be nested.
    mutable std::size_t next_cursor_ = 0;
};

}  // namespace writ::gateway::internal
