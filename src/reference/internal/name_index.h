#pragma once

#include <bit>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace writ::reference::internal {

/// Finds rows by name, A to Z like a to z: an open-addressing table of row numbers, each beside 16 bits of
/// its hash, so that a probe that fails seldom touches the rows. Immutable once built.
class NameIndex {
  public:
    /// `name_of(row)` is the name of each row below `count`. Of equal names the first is found.
    template <class NameOf>
    NameIndex(std::uint32_t count, NameOf name_of) : slots_(std::bit_ceil(count + count / 3 + 1)) {
        assert(count < 0xFFFF);
        for (std::uint32_t row = 0; row < count; ++row) {
            const auto hash = hash_of(name_of(row));
            auto at = hash & mask();
            while (slots_[at] != 0) at = (at + 1) & mask();
            slots_[at] = (hash & 0xFFFF0000U) | (row + 1);
        }
    }

    static constexpr std::uint32_t none = 0xFFFFFFFFU;

    template <class NameOf>
    [[nodiscard]] std::uint32_t find(std::string_view name, NameOf name_of) const noexcept {
        const auto hash = hash_of(name);
        for (auto at = hash & mask(); slots_[at] != 0; at = (at + 1) & mask()) {
            if (((slots_[at] ^ hash) & 0xFFFF0000U) != 0) continue;
            const auto row = (slots_[at] & 0xFFFFU) - 1;
            if (same(name_of(row), name)) return row;
        }
        return none;
    }

  private:
    [[nodiscard]] std::uint32_t mask() const noexcept {
        return static_cast<std::uint32_t>(slots_.size() - 1);
    }

    // The documented spelling is what callers mostly write.
    static bool same(std::string_view a, std::string_view b) noexcept {
        return a.size() == b.size() &&
               (std::memcmp(a.data(), b.data(), a.size()) == 0 || equals_ignoring_case(a, b));
    }

    // Setting bit 5 of every byte folds the case; the other bytes that fall together only share a hash.
    static std::uint32_t hash_of(std::string_view name) noexcept {
        constexpr std::uint64_t fold = 0x2020202020202020U;
        std::uint64_t hash = name.size();
        const auto mix = [&hash](std::uint64_t word) {
            hash = (std::rotl(hash, 23) ^ (word | fold)) * 0x9E3779B97F4A7C15U;
        };
        const char* at = name.data();
        std::size_t left = name.size();
        for (; left >= 8; at += 8, left -= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, at, 8);
            mix(word);
        }
        std::uint64_t word = 0;
        if (left != 0) std::memcpy(&word, at, left);
        mix(word);
        return static_cast<std::uint32_t>((hash ^ (hash >> 29U)) >> 32U) ^
               static_cast<std::uint32_t>(hash >> 7U);
    }

    std::vector<std::uint32_t> slots_;
};

}  // namespace writ::reference::internal
