#pragma once

#include <algorithm>
#include <memory_resource>
#include <span>
#include <string_view>
#include <type_traits>

#include "base/text.h"

namespace writ::engine {

/// Memory of one compiled document: grows, never moves, goes all at once.
class Arena {
  public:
    explicit Arena(std::size_t first_bytes)
        : memory_(std::max<std::size_t>(first_bytes, 64), std::pmr::new_delete_resource()) {}

    template <class T>
    [[nodiscard]] std::span<T> make(std::size_t count) {
        static_assert(std::is_trivially_destructible_v<T>);
        if (count == 0) return {};
        T* begin = static_cast<T*>(memory_.allocate(count * sizeof(T), alignof(T)));
        std::uninitialized_value_construct_n(begin, count);
        return {begin, count};
    }
    template <class T>
    [[nodiscard]] std::span<const T> keep(std::span<const T> values) {
        const std::span<T> kept = make<T>(values.size());
        std::ranges::copy(values, kept.begin());
        return kept;
    }
    [[nodiscard]] std::string_view keep_folded(std::string_view text) {
        const std::span<char> kept = make<char>(text.size());
        std::ranges::transform(text, kept.begin(), [](char c) { return ascii_lower(c); });
        return {kept.data(), kept.size()};
    }

  private:
    std::pmr::monotonic_buffer_resource memory_;
};

}  // namespace writ::engine
