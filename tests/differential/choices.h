#pragma once

#include <cstdint>
#include <ranges>
#include <span>

namespace writ::differential {

/// Where a generator takes its decisions from: random numbers that follow from a seed, or the bytes of a
/// fuzzer, so that both make the same kind of case. Bytes that have run out go on as random numbers, always
/// the same ones, so that short inputs make whole cases, too.
class Choices {
  public:
    explicit Choices(std::uint64_t seed) noexcept : state_(seed) {}
    explicit Choices(std::span<const std::uint8_t> bytes) noexcept : bytes_(bytes), from_bytes_(true) {}

    /// 0 … n - 1. REQUIRES: 0 < n <= 65536.
    [[nodiscard]] std::uint32_t below(std::uint32_t n) noexcept {
        if (from_bytes_) return from_bytes(n);
        return static_cast<std::uint32_t>((next() >> 32U) * n >> 32U);
    }
    [[nodiscard]] bool one_in(std::uint32_t n) noexcept { return below(n) == 0; }
    /// An element of something that is not empty.
    template <std::ranges::random_access_range Range>
    [[nodiscard]] decltype(auto) of(Range&& range) noexcept {
        return std::ranges::begin(range)[below(static_cast<std::uint32_t>(std::ranges::size(range)))];
    }

  private:
    // SplitMix64.
    std::uint64_t next() noexcept {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    std::uint32_t from_bytes(std::uint32_t n) noexcept {
        std::uint32_t value = take();
        if (n > 256) value = value << 8U | take();
        return value % n;
    }
    std::uint32_t take() noexcept {
        if (bytes_.empty()) return static_cast<std::uint32_t>(next() >> 56U);
        const std::uint8_t byte = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return byte;
    }

    std::uint64_t state_ = 1;
    std::span<const std::uint8_t> bytes_;
    bool from_bytes_ = false;
};

}  // namespace writ::differential
