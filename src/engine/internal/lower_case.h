#pragma once

#include <string_view>

#include "engine/internal/token.h"

namespace writ::engine {

/// Equality of the lower-case mappings of two texts, not of their case foldings: "ß" is not "SS" (spec ?30).
/// Characters are mapped on their own, without regard to their neighbours [I]. Allocates nothing.
[[nodiscard]] bool equals_in_lower_case(std::string_view a, std::string_view b) noexcept;
/// The same with a token sequence on one side; false when a variable has no value.
[[nodiscard]] bool equals_in_lower_case(std::span<const Token> tokens, std::string_view text,
                                        const Context& context) noexcept;

}  // namespace writ::engine
