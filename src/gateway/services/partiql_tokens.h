#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace writ::gateway::internal {

struct PartiqlToken {
    enum class Kind : std::uint8_t { word, quoted, string, number, symbol } kind = Kind::symbol;
    std::string text;  ///< Without its quotes; symbols are one byte.

    [[nodiscard]] bool is(std::string_view keyword) const {
        return kind == Kind::word && equals_ignoring_case(text, keyword);
    }
    [[nodiscard]] bool is_symbol(char c) const { return kind == Kind::symbol && text.front() == c; }
    [[nodiscard]] bool is_name() const { return kind == Kind::word || kind == Kind::quoted; }
};

/// Nothing for comments, semicolons, unclosed quotes and bytes that no statement has.
[[nodiscard]] std::optional<std::vector<PartiqlToken>> partiql_tokens(std::string_view text);

}  // namespace writ::gateway::internal
