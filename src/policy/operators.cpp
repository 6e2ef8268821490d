#include "policy/operators.h"

#include <array>

#include "policy/internal/operator_names.h"

namespace writ::policy {
namespace {

using enum Comparison;
using internal::OperatorName;

// Spec 3.2. The first row of a comparison is the spelling that operator_name() prints.
constexpr auto operators = std::to_array<OperatorName>({
    {"StringEquals", string_equals, false},
    {"StringNotEquals", string_equals, true},
    {"StringEqualsIgnoreCase", string_equals_ignore_case, false},
    {"StringNotEqualsIgnoreCase", string_equals_ignore_case, true},
    {"StringLike", string_like, false},
    {"StringNotLike", string_like, true},
    {"NumericEquals", numeric_equals, false},
    {"NumericNotEquals", numeric_equals, true},
    {"NumericLessThan", numeric_less_than, false},
    {"NumericLessThanEquals", numeric_less_than_equals, false},
    {"NumericGreaterThan", numeric_greater_than, false},
    {"NumericGreaterThanEquals", numeric_greater_than_equals, false},
    {"DateEquals", date_equals, false},
    {"DateNotEquals", date_equals, true},
    {"DateLessThan", date_less_than, false},
    {"DateLessThanEquals", date_less_than_equals, false},
    {"DateGreaterThan", date_greater_than, false},
    {"DateGreaterThanEquals", date_greater_than_equals, false},
    {"Bool", boolean, false},
    {"BinaryEquals", binary_equals, false},
    {"IpAddress", ip_address, false},
    {"NotIpAddress", ip_address, true},
    {"ArnLike", arn_like, false},
    {"ArnNotLike", arn_like, true},
    {"ArnEquals", arn_like, false},
    {"ArnNotEquals", arn_like, true},
    {"Null", null, false},
});

constexpr std::string_view all_values = "ForAllValues:";
constexpr std::string_view any_value = "ForAnyValue:";
constexpr std::string_view if_exists = "IfExists";

}  // namespace

std::span<const OperatorName> internal::operator_names() noexcept {
    return operators;
}

std::optional<ConditionOperator> parse_operator(std::string_view name) noexcept {
    ConditionOperator op;
    if (name.starts_with("For")) {
        if (name.starts_with(all_values)) {
            op.set = SetQualifier::for_all_values;
            name.remove_prefix(all_values.size());
        } else if (name.starts_with(any_value)) {
            op.set = SetQualifier::for_any_value;
            name.remove_prefix(any_value.size());
        }
    }
    if (name.ends_with(if_exists)) {
        op.if_exists = true;
        name.remove_suffix(if_exists.size());
    }
    for (const OperatorName& row : operators) {
        if (row.text != name) continue;
        op.comparison = row.comparison;
        op.negated = row.negated;
        // Null tests presence itself: it takes neither qualifier nor IfExists (spec 3.2, C7).
        if (op.comparison == null && (op.if_exists || op.set != SetQualifier::none)) return std::nullopt;
        return op;
    }
    return std::nullopt;
}

std::string operator_name(const ConditionOperator& op) {
    std::string out;
    if (op.set == SetQualifier::for_all_values) out += all_values;
    if (op.set == SetQualifier::for_any_value) out += any_value;
    for (const OperatorName& row : operators) {
        if (row.comparison != op.comparison || row.negated != op.negated) continue;
        out += row.text;
        break;
    }
    if (op.if_exists) out += if_exists;
    return out;
}

}  // namespace writ::policy
