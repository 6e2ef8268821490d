#include "base/wildcards.h"

#include <cstddef>

#include "base/text.h"

namespace writ {

bool matches_wildcards(std::string_view pattern, std::string_view text) noexcept {
    std::size_t in_pattern = 0;
    std::size_t in_text = 0;
    std::size_t behind_star = std::string_view::npos;  // Where the pattern goes on behind its last star …
    std::size_t star_ends = 0;                         // … and where that star ends in the text.
    while (in_text < text.size()) {
        const bool more = in_pattern < pattern.size();
        if (more && pattern[in_pattern] == '*') {
            behind_star = ++in_pattern;
            star_ends = in_text;
        } else if (more && (pattern[in_pattern] == '?' ||
                            ascii_lower(pattern[in_pattern]) == ascii_lower(text[in_text]))) {
            ++in_pattern;
            ++in_text;
        } else if (behind_star != std::string_view::npos) {
            in_pattern = behind_star;
            in_text = ++star_ends;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

}  // namespace writ
