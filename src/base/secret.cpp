#include "base/secret.h"

#include <cstring>

namespace writ {

void wipe_memory(void* memory, std::size_t bytes) noexcept {
    explicit_bzero(memory, bytes);
}

bool equals_in_constant_time(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    volatile unsigned char difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference = static_cast<unsigned char>(
            difference | (static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i])));
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
