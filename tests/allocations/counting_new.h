#pragma once

#include <cstddef>

namespace writ {

/// How often this program has called operator new, from any thread.
[[nodiscard]] std::size_t allocation_count() noexcept;

}  // namespace writ
