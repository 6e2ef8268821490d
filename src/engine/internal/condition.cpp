#include "engine/internal/condition.h"

#include <algorithm>

#include "engine/internal/condition/families.h"
#include "engine/internal/hash.h"

namespace writ::engine {
namespace {

using policy::Comparison;
using policy::SetQualifier;

Operand compile_operand(std::string_view text, OperandRules rules, Arena& arena,
                        std::vector<Token>& scratch) {
    switch (rules.comparison) {
        case Comparison::string_equals:
        case Comparison::string_equals_ignore_case:
        case Comparison::string_like:
            return compile_text(text, rules, arena, scratch);
        case Comparison::arn_like:
            return compile_arn(text, rules, arena, scratch);
        case Comparison::numeric_equals:
        case Comparison::numeric_less_than:
        case Comparison::numeric_less_than_equals:
        case Comparison::numeric_greater_than:
        case Comparison::numeric_greater_than_equals:
            return compile_number(text);
        case Comparison::date_equals:
        case Comparison::date_less_than:
        case Comparison::date_less_than_equals:
        case Comparison::date_greater_than:
        case Comparison::date_greater_than_equals:
            return compile_date(text);
        case Comparison::boolean:
            return compile_bool(text, rules, arena, scratch);
        case Comparison::null:
            return compile_bool(text, {rules.comparison, false}, arena, scratch);  // X2
        case Comparison::binary_equals:
            return compile_binary(text, arena);
        case Comparison::ip_address:
            return compile_ip(text);
    }
    return {};
}

Match match_value(const CompiledCondition& condition, std::string_view value,
                  const Context& context) noexcept {
    switch (condition.op.comparison) {
        case Comparison::string_equals:
        case Comparison::string_equals_ignore_case:
        case Comparison::string_like:
            return match_text(condition, value, context);
        case Comparison::arn_like:
            return match_arn(condition, value, context);
        case Comparison::numeric_equals:
        case Comparison::numeric_less_than:
        case Comparison::numeric_less_than_equals:
        case Comparison::numeric_greater_than:
        case Comparison::numeric_greater_than_equals:
            return match_number(condition, value);
        case Comparison::date_equals:
        case Comparison::date_less_than:
        case Comparison::date_less_than_equals:
        case Comparison::date_greater_than:
        case Comparison::date_greater_than_equals:
            return match_date(condition, value);
        case Comparison::boolean:
            return match_bool(condition, value, context);
        case Comparison::binary_equals:
            return match_binary(condition, value);
        case Comparison::ip_address:
            return match_ip(condition, value);
        case Comparison::null:
            break;
    }
    return Match::no;
}

// Spec C2: the values of a positive operator are ORed; a negated operator holds when none matches.
bool value_holds(const CompiledCondition& condition, std::string_view value,
                 const Context& context) noexcept {
    const Match match = match_value(condition, value, context);
    return match != Match::unusable && (match == Match::yes) != condition.op.negated;
}

// Spec 3.3.
bool holds_without_key(const policy::ConditionOperator& op) noexcept {
    switch (op.set) {
        case SetQualifier::for_all_values:
            return true;
        case SetQualifier::for_any_value:
            return op.if_exists;  // ?10
        case SetQualifier::none:
            return op.if_exists || op.negated;
    }
    return false;
}

}  // namespace

CompiledCondition compile_condition(const policy::Condition& condition, const ConditionRules& rules,
                                    Arena& arena, std::vector<Token>& scratch) {
    CompiledCondition compiled;
    compiled.source = &condition;
    compiled.known = condition.op.has_value();
    compiled.in_session_policy = rules.type == policy::PolicyType::session;
    compiled.effect = rules.effect;
    const std::string_view folded = arena.keep_folded(condition.key.text);
    compiled.key = {hash_text(folded), folded};
    if (!condition.op) return compiled;
    compiled.op = *condition.op;
    const std::span<Operand> operands = arena.make<Operand>(condition.values.size());
    std::ranges::transform(condition.values, operands.begin(), [&](const policy::Scalar& value) {
        return compile_operand(value.text, {compiled.op.comparison, rules.variables}, arena, scratch);
    });
    compiled.operands = operands;
    return compiled;
}

bool holds(const CompiledCondition& condition, const Context& context) noexcept {
    if (!condition.known) return false;
    const ContextEntry* entry = context.find(condition.key);
    if (condition.op.comparison == Comparison::null) return holds_null(condition, entry != nullptr);
    if (entry == nullptr) return holds_without_key(condition.op);
    const auto one_holds = [&](const std::string& value) { return value_holds(condition, value, context); };
    switch (condition.op.set) {
        case SetQualifier::none:
            return !entry->multivalued && std::ranges::any_of(entry->values, one_holds);  // C13, ?11
        case SetQualifier::for_all_values:
            return std::ranges::all_of(entry->values, one_holds);
        case SetQualifier::for_any_value:
            return std::ranges::any_of(entry->values, one_holds);
    }
    return false;
}

}  // namespace writ::engine
