#include "directory/internal/names.h"

#include <algorithm>

namespace writ::directory {

bool is_name(std::string_view name) noexcept {
    constexpr std::size_t length_max = 128;
    constexpr std::string_view allowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+=,.@_-";
    return !name.empty() && name.size() <= length_max &&
           name.find_first_not_of(allowed) == std::string_view::npos;
}

Result<void> check_path(std::string_view path) {
    const bool framed = path == "/" || (path.size() > 2 && path.front() == '/' && path.back() == '/');
    // The published pattern lets DEL pass; the service does not (spec B1).
    const bool printable = std::ranges::all_of(path, [](char c) { return c >= '!' && c <= '~'; });
    if (framed && printable) return {};
    return fail("ValidationError", 400,
                "The specified value for path is invalid. It must begin and end with / and contain only "
                "alphanumeric characters and/or / characters.");
}

}  // namespace writ::directory
