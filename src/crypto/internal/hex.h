#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "crypto/hash.h"

namespace writ::crypto::internal {

inline constexpr std::size_t digest_hex_chars = 64;

/// Lower-case hexadecimal text of a digest, four bytes at a time: a signature is checked with three of them.
inline void write_hex(const Digest& digest, std::span<char, digest_hex_chars> to) noexcept {
    static_assert(std::endian::native == std::endian::little);
    constexpr std::uint64_t each = 0x0101010101010101ULL;
    for (std::size_t i = 0; i < digest.size(); i += 4) {
        std::uint32_t four = 0;
        std::memcpy(&four, digest.data() + i, sizeof four);
        std::uint64_t apart = four;  // One byte in every two.
        apart = (apart | (apart << 16U)) & 0x0000FFFF0000FFFFULL;
        apart = (apart | (apart << 8U)) & 0x00FF00FF00FF00FFULL;
        const std::uint64_t nibbles =
            ((apart >> 4U) & 0x000F000F000F000FULL) | ((apart & 0x000F000F000F000FULL) << 8U);
        const std::uint64_t above_9 = ((nibbles + each * 6) >> 4U) & each;
        const std::uint64_t text = nibbles + each * '0' + above_9 * ('a' - '0' - 10);
        std::memcpy(to.data() + i * 2, &text, sizeof text);
    }
}

}  // namespace writ::crypto::internal
