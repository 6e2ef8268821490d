#pragma once

#include <cstddef>

namespace writ {

/// How often this program has called operator new, from any thread.
[[nodiscard]] std::size_t allocation_count() noexcept;

/// What it has from operator new and has not given back.
struct Held {
    std::size_t allocations = 0;
    std::size_t bytes = 0;
};
[[nodiscard]] Held held() noexcept;

}  // namespace writ
