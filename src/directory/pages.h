#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace writ::directory {

/// Which part of a list is asked for (spec 8.4).
struct PageRequest {
    std::optional<std::string> marker{};  ///< From the page before; bound to account, operation and filter.
    std::size_t items_max = 100;          ///< 1 to 1000; may change from page to page.
};

/// Part of a list, by name without case. An entity that exists during the whole listing appears exactly once,
/// whatever is created and deleted meanwhile.
template <class T>
struct Page {
    std::vector<T> items;
    std::optional<std::string> marker;  ///< Only when more follows.
};

struct AccountView;

/// The part [begin, end) of a list that is no entities of the directory but follows from the request alone.
struct Slice {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::optional<std::string> marker;  ///< Only when more follows.
};
/// Of `count` things in their order. `filter`: everything that chooses them. ValidationError for a marker of
/// another list.
[[nodiscard]] Result<Slice> slice_of(const AccountView& account, std::string_view operation,
                                     std::string_view filter, std::size_t count, const PageRequest& page);

}  // namespace writ::directory
