#include "engine/internal/condition/families.h"

namespace writ::engine {
namespace {

using policy::Comparison;

// The request value stands on the left (spec 3.2).
bool satisfies(Instant actual, Instant expected, Comparison comparison) noexcept {
    switch (comparison) {
        case Comparison::date_equals:
            return actual == expected;
        case Comparison::date_less_than:
            return actual < expected;
        case Comparison::date_less_than_equals:
            return actual <= expected;
        case Comparison::date_greater_than:
            return actual > expected;
        case Comparison::date_greater_than_equals:
            return actual >= expected;
        default:
            return false;
    }
}

// Milliseconds of a number of seconds; finer digits are cut off.
std::optional<Instant> parse_epoch_seconds(std::string_view text) noexcept {
    constexpr std::size_t digits_max = 15;  // Keeps milliseconds within 64 bits.
    const auto seconds = parse_decimal(text);
    if (!seconds || seconds->whole.size() > digits_max) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : seconds->whole) value = value * 10 + (c - '0');
    for (std::size_t i = 0; i < 3; ++i) {
        value = value * 10 + (i < seconds->fraction.size() ? seconds->fraction[i] - '0' : 0);
    }
    const std::chrono::milliseconds since_epoch{value};
    return Instant{seconds->negative ? -since_epoch : since_epoch};
}

}  // namespace

std::optional<Instant> parse_date(std::string_view text) noexcept {
    if (const auto epoch = parse_epoch_seconds(text)) return epoch;
    return parse_iso8601(text);
}

Operand compile_date(std::string_view text) {
    const auto instant = parse_date(text);
    return instant ? Operand(*instant) : Operand();
}

// What is no date matches nothing: positive false, negated true (?12).
Match match_date(const CompiledCondition& condition, std::string_view value) noexcept {
    const auto actual = parse_date(value);
    if (!actual) return Match::no;
    for (const Operand& operand : condition.operands) {
        const Instant* expected = std::get_if<Instant>(&operand);
        if (expected != nullptr && satisfies(*actual, *expected, condition.op.comparison)) return Match::yes;
    }
    return Match::no;
}

}  // namespace writ::engine
