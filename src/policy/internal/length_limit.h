#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "policy/diagnostic.h"

namespace writ::policy::internal {

/// What is wrong with a text of more than so many characters, or of 4 GiB; nothing when it is short enough
/// (spec G2). The place is that of the first character too many.
[[nodiscard]] std::optional<Diagnostic> check_length(std::string_view text, std::size_t characters_max);

}  // namespace writ::policy::internal
