#include "reference/internal/holes.h"

#include "base/text.h"

namespace writ::reference::internal {

bool fills_holes(std::string_view pattern, std::string_view name) noexcept {
    const auto hole = pattern.find("${");
    if (hole == std::string_view::npos) return equals_ignoring_case(pattern, name);
    if (name.size() <= hole || !equals_ignoring_case(pattern.substr(0, hole), name.substr(0, hole)))
        return false;
    const auto hole_end = pattern.find('}', hole);
    pattern.remove_prefix(hole_end + 1);
    for (name.remove_prefix(hole + 1);; name.remove_prefix(1)) {
        if (pattern.empty() || fills_holes(pattern, name)) return true;
        if (name.empty()) return false;
    }
}

}  // namespace writ::reference::internal
