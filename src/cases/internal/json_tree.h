#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "policy/document.h"

namespace writ::cases {

/// A JSON value that knows where it stands. Numbers keep the text they were written in.
struct JsonNode {
    enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
    struct Member;

    Kind kind = Kind::null;
    std::string text;             ///< Decoded string, or number and boolean as written.
    std::vector<JsonNode> items;  ///< Array.
    std::vector<Member> members;  ///< Object, in the order of the text; no name occurs twice.
    policy::Span span;

    [[nodiscard]] bool is(Kind wanted) const noexcept { return kind == wanted; }
    /// Null when the object has no such member.
    [[nodiscard]] const JsonNode* find(std::string_view name) const noexcept;
};

struct JsonNode::Member {
    std::string name;
    policy::Position at;  ///< Of the line of the name.
    JsonNode value;
};

struct JsonDefect {
    policy::Position at;
    std::string message;
};

/// "an object", "a string": how messages name a kind.
[[nodiscard]] std::string_view describe(JsonNode::Kind kind) noexcept;

/// Strict JSON in UTF-8, at most `depth_max` brackets deep, without repeated members. Nothing is thrown.
[[nodiscard]] std::expected<JsonNode, JsonDefect> read_json(std::string_view text);

inline constexpr std::size_t depth_max = 64;

}  // namespace writ::cases
