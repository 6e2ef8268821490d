#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// As one zstd frame that knows its size. Made for speed. Cost: about 2 ns a byte. Thread-safe.
[[nodiscard]] std::vector<std::byte> compress(std::string_view text);

/// Nothing when the bytes are no such frame, or would make more than `bytes_max`.
[[nodiscard]] std::optional<std::string> decompress(std::span<const std::byte> frame, std::size_t bytes_max);

}  // namespace writ
