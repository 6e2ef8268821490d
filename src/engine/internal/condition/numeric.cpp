#include "engine/internal/condition/families.h"

namespace writ::engine {
namespace {

using policy::Comparison;

// The request value stands on the left (spec 3.2).
bool satisfies(std::strong_ordering order, Comparison comparison) noexcept {
    switch (comparison) {
        case Comparison::numeric_equals:
            return order == 0;
        case Comparison::numeric_less_than:
            return order < 0;
        case Comparison::numeric_less_than_equals:
            return order <= 0;
        case Comparison::numeric_greater_than:
            return order > 0;
        case Comparison::numeric_greater_than_equals:
            return order >= 0;
        default:
            return false;
    }
}

}  // namespace

Operand compile_number(std::string_view text) {
    const auto number = parse_decimal(text);
    return number ? Operand(*number) : Operand();
}

// What is no number matches nothing: positive false, negated true (?12).
Match match_number(const CompiledCondition& condition, std::string_view value) noexcept {
    const auto actual = parse_decimal(value);
    if (!actual) return Match::no;
    for (const Operand& operand : condition.operands) {
        const Decimal* expected = std::get_if<Decimal>(&operand);
        if (expected != nullptr && satisfies(compare(*actual, *expected), condition.op.comparison))
            return Match::yes;
    }
    return Match::no;
}

}  // namespace writ::engine
