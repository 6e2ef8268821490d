#include "directory/pages.h"

#include <algorithm>
#include <charconv>

#include "directory/internal/paging.h"

namespace writ::directory {

Result<Slice> slice_of(const AccountView& account, std::string_view operation, std::string_view filter,
                       std::size_t count, const PageRequest& page) {
    const Listing listing{.operation = operation, .filter = std::string(filter)};
    const auto position = read_marker(account, listing, page);
    if (!position) return std::unexpected(position.error());
    Slice slice;
    if (*position) {  // Made below; one made by hand that is no number begins anew.
        std::from_chars((*position)->data(), (*position)->data() + (*position)->size(), slice.begin);
    }
    slice.begin = std::min(slice.begin, count);
    slice.end = slice.begin + std::min(page.items_max, count - slice.begin);
    if (slice.end < count) slice.marker = make_marker(account, listing, std::to_string(slice.end));
    return slice;
}

}  // namespace writ::directory
