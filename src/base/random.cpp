#include "base/random.h"

#include <cerrno>
#include <cstdlib>
#include <sys/random.h>

namespace writ {

void SystemRandom::fill(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t read = getrandom(bytes.data(), bytes.size(), 0);
        if (read < 0 && errno == EINTR) continue;
        if (read <= 0) std::abort();  // Going on without randomness would hand out guessable keys.
        bytes = bytes.subspan(static_cast<std::size_t>(read));
    }
}

void SequenceRandom::fill(std::span<std::byte> bytes) {
    for (std::byte& byte : bytes) {  // SplitMix64.
        state_ += 0x9E3779B97F4A7C15ULL;
        unsigned long long z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        byte = static_cast<std::byte>((z ^ (z >> 31U)) & 255U);
    }
}

}  // namespace writ
