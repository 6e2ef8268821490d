#include "policy/internal/suggest.h"

#include <cstddef>

namespace writ::policy::internal {

std::string quoted(std::string_view text) {
    constexpr std::size_t shown_bytes = 60;
    std::string out = "\"";
    if (text.size() <= shown_bytes) return out.append(text).append("\"");
    std::size_t cut = shown_bytes;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
    return out.append(text.substr(0, cut)).append("…\"");
}

}  // namespace writ::policy::internal
