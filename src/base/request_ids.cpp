#include "base/request_ids.h"

#include <string_view>

namespace writ {

std::string uuid_of(std::span<const std::byte, 16> random) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(36, '-');
    std::size_t at = 0;
    for (std::size_t i = 0; i < random.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) ++at;
        auto value = std::to_integer<unsigned>(random[i]);
        if (i == 6) value = (value & 0x0FU) | 0x40U;  // The version …
        if (i == 8) value = (value & 0x3FU) | 0x80U;  // … and the variant.
        text[at++] = digits[value >> 4U];
        text[at++] = digits[value & 15U];
    }
    return text;
}

std::string make_uuid(RandomSource& random) {
    std::array<std::byte, 16> bytes{};
    random.fill(bytes);
    return uuid_of(bytes);
}

std::string RequestIds::next() {
    if (used_ == bytes_.size()) {
        random_.fill(bytes_);
        used_ = 0;
    }
    const auto id = std::span(bytes_).subspan(used_).first<id_bytes>();
    used_ += id_bytes;
    return uuid_of(id);
}

}  // namespace writ
