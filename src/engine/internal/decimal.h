#pragma once

#include <compare>
#include <optional>
#include <string_view>

namespace writ::engine {

/// A decimal number of any length, compared digit by digit and not as a double (spec C18). A view.
struct Decimal {
    bool negative = false;      ///< Never of zero.
    std::string_view whole;     ///< Without leading zeros.
    std::string_view fraction;  ///< Without trailing zeros.
};

/// Sign, digits, perhaps a point and more digits; nothing for any other text.
[[nodiscard]] std::optional<Decimal> parse_decimal(std::string_view text) noexcept;
[[nodiscard]] std::strong_ordering compare(const Decimal& a, const Decimal& b) noexcept;

}  // namespace writ::engine
