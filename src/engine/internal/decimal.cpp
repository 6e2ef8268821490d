#include "engine/internal/decimal.h"

#include <algorithm>

namespace writ::engine {
namespace {

bool is_number(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::strong_ordering compare_magnitude(const Decimal& a, const Decimal& b) noexcept {
    if (a.whole.size() != b.whole.size()) return a.whole.size() <=> b.whole.size();
    if (const auto order = a.whole <=> b.whole; order != 0) return order;
    return a.fraction <=> b.fraction;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) noexcept {
    Decimal number;
    number.negative = text.starts_with('-');
    if (number.negative || text.starts_with('+')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    number.whole = text.substr(0, point);
    if (!is_number(number.whole)) return std::nullopt;
    if (point != std::string_view::npos) {
        number.fraction = text.substr(point + 1);
        if (!is_number(number.fraction)) return std::nullopt;
    }
    number.whole.remove_prefix(std::min(number.whole.find_first_not_of('0'), number.whole.size()));
    number.fraction = number.fraction.substr(0, number.fraction.find_last_not_of('0') + 1);
    if (number.whole.empty() && number.fraction.empty()) number.negative = false;
    return number;
}

std::strong_ordering compare(const Decimal& a, const Decimal& b) noexcept {
    if (a.negative != b.negative) return b.negative <=> a.negative;
    return a.negative ? compare_magnitude(b, a) : compare_magnitude(a, b);
}

}  // namespace writ::engine
