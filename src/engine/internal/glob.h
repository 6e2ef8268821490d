#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/internal/token.h"

namespace writ::engine {

/// A pattern made ready: '*' stands for any text, '?' for one UTF-16 unit (spec M1, ?30), everything else
/// for itself. The frequent shapes compare a prefix, a suffix and search pieces in between; the others walk
/// their tokens.
struct Glob {
    enum class Kind : std::uint8_t {
        literal,  ///< `prefix` is the text.
        any,      ///< A lone star.
        prefix,   ///< `prefix*`
        pieces,   ///< `prefix*piece*…*suffix`: `tokens` are the pieces.
        tokens,   ///< With '?', variables or escaped characters: all tokens; `prefix` is the first literal.
    };
    Kind kind = Kind::literal;
    bool has_variables = false;
    std::string_view prefix;
    std::string_view suffix;
    std::span<const Token> tokens;
};

[[nodiscard]] Glob compile_glob(std::span<const Token> tokens, Arena& arena);

/// Walks tokens against the text, going back to the last star when stuck. False when a variable on the way
/// has no value.
[[nodiscard]] bool matches_tokens(const TokenRange& range, std::string_view text,
                                  const Context& context) noexcept;
[[nodiscard]] bool matches_pieces(const Glob& glob, std::string_view text) noexcept;

/// Whole-text match. Allocates nothing. Cost: linear in the text for all but `tokens`, there at most
/// text × tokens.
[[nodiscard]] inline bool matches(const Glob& glob, std::string_view text, const Context& context) noexcept {
    switch (glob.kind) {
        case Glob::Kind::literal:
            return text == glob.prefix;
        case Glob::Kind::any:
            return true;
        case Glob::Kind::prefix:
            return text.starts_with(glob.prefix);
        case Glob::Kind::pieces:
            return matches_pieces(glob, text);
        case Glob::Kind::tokens:
            return matches_tokens({glob.tokens}, text, context);
    }
    return false;
}

}  // namespace writ::engine
