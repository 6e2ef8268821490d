#include "base/secret.h"

#include <cstdint>
#include <cstring>

namespace writ {

void wipe_memory(void* memory, std::size_t bytes) noexcept {
    explicit_bzero(memory, bytes);
}

bool equals_in_constant_time(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    std::uint64_t difference = 0;
    std::size_t at = 0;
    for (; at + 8 <= a.size(); at += 8) {
        std::uint64_t left = 0, right = 0;
        std::memcpy(&left, a.data() + at, sizeof left);
        std::memcpy(&right, b.data() + at, sizeof right);
        difference |= left ^ right;
        // Hides the value from the optimiser, which could otherwise stop at the first difference.
        asm volatile("" : "+r"(difference));
    }
    for (; at < a.size(); ++at) {
        difference |=
            static_cast<std::uint64_t>(static_cast<unsigned char>(a[at]) ^ static_cast<unsigned char>(b[at]));
        asm volatile("" : "+r"(difference));
    }
    return difference == 0;
}

void Secret::wipe() noexcept {
    // The whole capacity: a shorter text may have left a tail behind, and so has the small-string buffer.
    text_.resize(text_.capacity());
    wipe_memory(text_.data(), text_.size());
    text_.clear();
}

}  // namespace writ
