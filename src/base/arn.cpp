#include "base/arn.h"

namespace writ {

std::optional<ArnView> parse_arn(std::string_view text) noexcept {
    if (!text.starts_with("arn:")) return std::nullopt;
    text.remove_prefix(4);
    std::array<std::string_view, 4> head;
    for (std::string_view& part : head) {
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        part = text.substr(0, colon);
        text.remove_prefix(colon + 1);
    }
    return ArnView{head[0], head[1], head[2], head[3], text};
}

}  // namespace writ
