#include "base/time.h"

#include <array>
#include <cstdint>
#include <cstdio>

namespace writ {
namespace {

using std::chrono::sys_days;

// Reads exactly `digits` decimal digits and moves past them.
std::optional<int> take_number(std::string_view& text, std::size_t digits) noexcept {
    if (text.size() < digits) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, digits)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, char c) noexcept {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<sys_days> to_days(int year, int month, int day) noexcept {
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return sys_days{date};
}

struct Fields {
    int year, hour, minute, second;
    unsigned month, day;
};

Fields fields_of(Instant instant) {
    const auto days = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{days};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(instant - days)};
    return {int(date.year()),
            int(time.hours().count()),
            int(time.minutes().count()),
            int(time.seconds().count()),
            unsigned(date.month()),
            unsigned(date.day())};
}

void append_two_digits(std::optional<char> before, int number, std::string& out) {
    if (before) out += *before;
    out += static_cast<char>('0' + number / 10);
    out += static_cast<char>('0' + number % 10);
}

// Every request is told the time: printf would take half of what its other keys take.
std::string four_digits(int year) {
    std::array<char, 8> text{};
    const int length =
        year >= 1000 && year <= 9999 ? 0 : std::snprintf(text.data(), text.size(), "%04d", year);
    if (length > 0) return {text.data(), static_cast<std::size_t>(length)};
    std::string digits;
    digits.reserve(std::string_view("2026-11-25T16:35:00.000Z").size());
    append_two_digits({}, year / 100, digits);
    append_two_digits({}, year % 100, digits);
    return digits;
}

// "+hh:mm", "+hhmm" or "+hh" behind the time; the offset in minutes.
std::optional<int> take_offset(std::string_view& text) noexcept {
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    const auto hours = take_number(text, 2);
    if (!hours || *hours > 23) return std::nullopt;
    int minutes = 0;
    const bool colon = take(text, ':');
    if (colon || !text.empty()) {
        const auto read = take_number(text, 2);
        if (!read || *read > 59) return std::nullopt;
        minutes = *read;
    }
    return sign * (*hours * 60 + minutes);
}

}  // namespace

std::string format_iso8601(Instant instant) {
    const Fields f = fields_of(instant);
    std::string text = four_digits(f.year);
    append_two_digits('-', static_cast<int>(f.month), text);
    append_two_digits('-', static_cast<int>(f.day), text);
    append_two_digits('T', f.hour, text);
    append_two_digits(':', f.minute, text);
    append_two_digits(':', f.second, text);
    return text += 'Z';
}

std::string format_iso8601_basic(Instant instant) {
    const Fields f = fields_of(instant);
    std::string text = four_digits(f.year);
    append_two_digits({}, static_cast<int>(f.month), text);
    append_two_digits({}, static_cast<int>(f.day), text);
    append_two_digits('T', f.hour, text);
    append_two_digits({}, f.minute, text);
    append_two_digits({}, f.second, text);
    return text += 'Z';
}

std::optional<Instant> parse_iso8601_basic(std::string_view text) noexcept {
    constexpr std::string_view form =
        "dddddddd"
        "T"
        "dddddd"
        "Z";
    if (text.size() != form.size()) return std::nullopt;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool fits = form[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == form[i];
        if (!fits) return std::nullopt;
    }
    const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    const int hour = two(9), minute = two(11), second = two(13);
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const auto days = to_days(two(0) * 100 + two(2), two(4), two(6));
    if (!days) return std::nullopt;
    return Instant{*days} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

std::optional<Instant> parse_iso8601(std::string_view text) noexcept {
    const auto year = take_number(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const auto month = take_number(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = take_number(text, 2);
    if (!day) return std::nullopt;
    const auto days = to_days(*year, *month, *day);
    if (!days) return std::nullopt;
    Instant instant{*days};
    if (text.empty()) return instant;

    if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return std::nullopt;
    const auto hour = take_number(text, 2);
    if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || *minute > 59) return std::nullopt;
    instant += std::chrono::hours{*hour} + std::chrono::minutes{*minute};
    if (take(text, ':')) {
        const auto second = take_number(text, 2);
        if (!second || *second > 59) return std::nullopt;
        instant += std::chrono::seconds{*second};
        if (take(text, '.')) {
            int scale_ms = 100;
            std::size_t digits = 0;
            for (; !text.empty() && text.front() >= '0' && text.front() <= '9';
                 ++digits, text.remove_prefix(1)) {
                instant += std::chrono::milliseconds{(text.front() - '0') * scale_ms};
                scale_ms /= 10;
            }
            if (digits == 0) return std::nullopt;
        }
    }
    if (text.empty()) return instant;
    if (text == "Z" || text == "z") return instant;
    if (text.front() != '+' && text.front() != '-') return std::nullopt;
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;
    return instant - std::chrono::minutes{*offset};
}

}  // namespace writ
