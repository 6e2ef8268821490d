#pragma once

#include <string_view>

namespace writ::reference::internal {

/// Whether `name` is `pattern` with at least one character in each hole, A to Z like a to z.
[[nodiscard]] bool fills_holes(std::string_view pattern, std::string_view name) noexcept;

}  // namespace writ::reference::internal
