#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace writ::cli {

/// A moment as people give it: ISO 8601, or how long ago: "90m", "24h", "7d". Nothing for any other text.
[[nodiscard]] std::optional<Instant> parse_moment(std::string_view text, Instant now) noexcept;

}  // namespace writ::cli
