#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

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

}  // namespace writ::directory
