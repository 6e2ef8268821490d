#include "cli/moment.h"

#include <charconv>
#include <chrono>

namespace writ::cli {
namespace {

std::optional<std::chrono::minutes> unit_of(char letter) noexcept {
    switch (letter) {
        case 'm':
            return std::chrono::minutes(1);
        case 'h':
            return std::chrono::hours(1);
        case 'd':
            return std::chrono::days(1);
        default:
            return std::nullopt;
    }
}

}  // namespace

std::optional<Instant> parse_moment(std::string_view text, Instant now) noexcept {
    constexpr int most = 1'000'000;
    if (text.empty()) return std::nullopt;
    if (const auto unit = unit_of(text.back())) {
        int number = 0;
        text.remove_suffix(1);
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool is_whole = parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size();
        if (!is_whole || number < 0 || number > most) return std::nullopt;
        return now - number * *unit;
    }
    return parse_iso8601(text);
}

}  // namespace writ::cli
