#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace writ::engine {

/// Hash of a folded name. Only a filter: whoever finds a hash equal compares the texts as well.
[[nodiscard]] inline std::uint64_t hash_text(std::string_view text) noexcept {
    constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15ULL;
    const auto mix = [](std::uint64_t value) {
        value *= multiplier;
        return value ^ (value >> 32);
    };
    std::uint64_t hash = multiplier ^ text.size();
    while (text.size() >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), 8);
        hash = mix(hash ^ word);
        text.remove_prefix(8);
    }
    std::uint64_t word = 0;
    if (!text.empty()) std::memcpy(&word, text.data(), text.size());
    return mix(mix(hash ^ word));
}

}  // namespace writ::engine
