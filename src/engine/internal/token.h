#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/context.h"
#include "engine/internal/arena.h"

namespace writ::engine {

/// A piece of a pattern or condition value. Patterns are taken apart before variables get their values, so
/// that a '*' inside a value is an ordinary character (spec M3).
struct Token {
    enum class Kind : std::uint8_t { literal, any, one, variable };
    Kind kind = Kind::literal;
    bool has_default = false;
    std::string_view text;  ///< Of a literal; the default of a variable.
    KeyRef key;             ///< Of a variable.
};

struct TokenRules {
    bool wildcards = false;
    bool variables =
        false;  ///< ${key}, ${key, 'default'}, ${*}, ${?}, ${$} (spec X1, M2); else plain text (V1).
};

/// Appends the tokens of `text`. Neighbouring stars become one; what is no complete variable stays text (X8).
void tokenize(std::string_view text, TokenRules rules, Arena& arena, std::vector<Token>& tokens);

/// The text that a literal or variable token stands for; nothing when the variable has no value and no
/// default, or is multivalued (spec X4, X5). REQUIRES: not a wildcard.
[[nodiscard]] std::optional<std::string_view> resolve(const Token& token, const Context& context) noexcept;
[[nodiscard]] bool has_unresolved(std::span<const Token> tokens, const Context& context) noexcept;

/// A stretch of a token sequence that may begin and end inside a token.
struct TokenRange {
    static constexpr std::size_t whole = static_cast<std::size_t>(-1);
    std::span<const Token> tokens;
    std::size_t begin_offset = 0;    ///< Into the first token.
    std::size_t end_offset = whole;  ///< Into the last token.

    /// As resolve(), cut at the ends of the range.
    [[nodiscard]] std::optional<std::string_view> piece(std::size_t index,
                                                        const Context& context) const noexcept;
};

}  // namespace writ::engine
