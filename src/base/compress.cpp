#include "base/compress.h"

#include <stdexcept>
#include <zstd.h>

namespace writ {
namespace {

constexpr int fastest_level = 1;

}  // namespace

std::vector<std::byte> compress(std::string_view text) {
    std::vector<std::byte> frame(ZSTD_compressBound(text.size()));
    const std::size_t size =
        ZSTD_compress(frame.data(), frame.size(), text.data(), text.size(), fastest_level);
    // There is room for everything, so that only memory can be wanting.
    if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
    frame.resize(size);
    return frame;
}

std::optional<std::string> decompress(std::span<const std::byte> frame, std::size_t bytes_max) {
    const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (size > bytes_max) return std::nullopt;  // So are the codes of errors.
    std::string text(static_cast<std::size_t>(size), '\0');
    if (ZSTD_decompress(text.data(), text.size(), frame.data(), frame.size()) != size) return std::nullopt;
    return text;
}

}  // namespace writ
