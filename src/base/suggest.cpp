#include "base/suggest.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text.h"

namespace writ {
namespace {

constexpr std::size_t word_bytes_max = 64;

// Levenshtein distance that counts a letter in the other case as nothing.
std::size_t distance(std::string_view a, std::string_view b) {
    std::array<std::size_t, word_bytes_max + 1> row{};
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced =
                diagonal + (ascii_lower(a[i - 1]) != ascii_lower(b[j - 1]) ? 1U : 0U);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    std::string_view best;
    if (word.size() > word_bytes_max) return best;
    std::size_t best_distance = word.size() / 3 + 1;
    for (const std::string_view candidate : candidates) {
        if (candidate.size() > word_bytes_max) continue;
        const std::size_t d = distance(word, candidate);
        if (d < best_distance) {
            best = candidate;
            best_distance = d;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
    const std::string_view found = nearest(word, candidates);
    return found.empty() ? std::string() : " Did you mean " + std::string(found) + "?";
}

}  // namespace writ
