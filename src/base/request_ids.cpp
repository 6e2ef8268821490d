#include "base/request_ids.h"

#include <span>
#include <string_view>

namespace writ {

std::string RequestIds::next() {
    constexpr std::string_view digits = "0123456789abcdef";
    if (used_ == bytes_.size()) {
        random_.fill(bytes_);
        used_ = 0;
    }
    const auto id = std::span(bytes_).subspan(used_, id_bytes);
    used_ += id_bytes;
    id[6] = (id[6] & std::byte{0x0F}) | std::byte{0x40};  // Version 4 …
    id[8] = (id[8] & std::byte{0x3F}) | std::byte{0x80};  // … of RFC 4122.
    std::string text(36, '-');
    std::size_t at = 0;
    for (std::size_t i = 0; i < id_bytes; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) ++at;
        const auto value = std::to_integer<unsigned>(id[i]);
        text[at++] = digits[value >> 4U];
        text[at++] = digits[value & 15U];
    }
    return text;
}

}  // namespace writ
