#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace writ::crypto::internal {

/// Raw deflate (RFC 1951) at the best compression.
[[nodiscard]] std::string deflate_text(std::string_view text);
/// Nothing when it is not deflate or gives more than `bytes_max`.
[[nodiscard]] std::optional<std::string> inflate_text(std::string_view packed, std::size_t bytes_max);

}  // namespace writ::crypto::internal
