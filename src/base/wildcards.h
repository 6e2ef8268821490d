#pragma once

#include <string_view>

namespace writ {

/// Whether the whole text fits a pattern: '*' stands for any text, '?' for one byte, and case does not
/// matter. For searching, and for the names that an action pattern stands for; resources of policies have
/// rules of their own (engine). Cost: at most the product of both lengths.
[[nodiscard]] bool matches_wildcards(std::string_view pattern, std::string_view text) noexcept;

}  // namespace writ
