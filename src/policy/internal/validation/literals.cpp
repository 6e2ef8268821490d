#include "policy/internal/validation/literals.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/arn.h"
#include "base/ip.h"
#include "base/text.h"

namespace writ::policy::internal {
namespace {

// A whole text of decimal digits in a range.
bool is_integer(std::string_view text, std::int64_t from, std::int64_t to) noexcept {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value >= from && value <= to;
}

bool is_count(std::string_view text, std::int64_t from, std::int64_t to) noexcept {
    return !text.starts_with('-') && is_integer(text, from, to);
}

// Cuts off what stands before the separator; all of the text when there is none.
std::string_view cut(std::string_view& text, char separator) noexcept {
    const std::size_t at = text.find(separator);
    const std::string_view head = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
    return head;
}

// "Y", "Y-M" or "Y-M-D" in any number of digits.
bool is_calendar_date(std::string_view text) noexcept {
    constexpr std::int64_t year_min = -292275054;
    constexpr std::int64_t year_max = 292278993;
    const std::size_t hyphen = text.find('-', 1);
    if (!is_integer(text.substr(0, hyphen), year_min, year_max)) return false;
    if (hyphen == std::string_view::npos) return true;
    std::string_view rest = text.substr(hyphen + 1);
    const bool has_day = rest.find('-') != std::string_view::npos;
    return is_count(cut(rest, '-'), 1, 12) && (!has_day || is_count(rest, 1, 31));
}

// "Z", "+hh" or "+hh:mm", either sign.
bool is_zone(std::string_view text) noexcept {
    if (text == "Z" || text == "z") return true;
    text.remove_prefix(1);
    const bool has_minutes = text.find(':') != std::string_view::npos;
    const std::string_view hours = cut(text, ':');
    return hours.size() == 2 && is_count(hours, 0, 23) &&
           (!has_minutes || (text.size() == 2 && is_count(text, 0, 59)));
}

// "", "h", "h:m", "h:m:s" or "h:m:s.f" and, behind minutes or seconds, a zone.
bool is_time(std::string_view text) noexcept {
    if (text.empty()) return true;
    const std::size_t zone = text.find_first_of("Zz+-");
    if (zone != std::string_view::npos) {
        if (!is_zone(text.substr(zone)) || text.substr(0, zone).find(':') == std::string_view::npos)
            return false;
        text = text.substr(0, zone);
    }
    const auto parts = std::ranges::count(text, ':') + 1;
    if (parts > 3 || !is_count(cut(text, ':'), 0, 23)) return false;
    if (parts > 1 && !is_count(cut(text, ':'), 0, 59)) return false;
    if (parts < 3) return true;
    const bool has_fraction = text.find('.') != std::string_view::npos;
    constexpr std::int64_t nanoseconds_max = 999'999'999;
    return is_count(cut(text, '.'), 0, 59) && (!has_fraction || is_count(text, 0, nanoseconds_max));
}

}  // namespace

bool is_date(std::string_view text) noexcept {
    const std::size_t t = text.find_first_of("Tt");
    if (t == std::string_view::npos && text.find('-') == std::string_view::npos)
        return is_integer(text, 0, INT64_MAX);
    return is_calendar_date(text.substr(0, t)) &&
           (t == std::string_view::npos || is_time(text.substr(t + 1)));
}

bool is_number(std::string_view text) noexcept {
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    const auto digits = [](std::string_view part) {
        return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    };
    const bool has_fraction = text.find('.') != std::string_view::npos;
    return digits(cut(text, '.')) && (!has_fraction || digits(text));
}

bool is_network(std::string_view text) noexcept {
    return parse_network(text).has_value();
}

bool is_arn(std::string_view text) noexcept {
    return parse_arn(text).has_value();
}

}  // namespace writ::policy::internal
