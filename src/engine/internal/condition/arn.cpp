#include "engine/internal/condition/families.h"

namespace writ::engine {
namespace {

bool has_variable(std::span<const Token> tokens) noexcept {
    return std::ranges::any_of(tokens,
                               [](const Token& token) { return token.kind == Token::Kind::variable; });
}

bool matches_operand(const ArnOperand& operand, const SplitArn& arn, const Context& context) noexcept {
    if (operand.pattern != nullptr) return matches(*operand.pattern, arn, context);
    return matches_substituted_arn(operand.tokens, arn, context);
}

bool is_short(const ArnOperand& operand, const Context& context) noexcept {
    if (operand.pattern != nullptr) return false;
    return operand.short_form || is_short_arn(operand.tokens, context);
}

// What IAM refuses in stored documents and STS accepts in session policies: it never grants, and counts as
// matching in a Deny (?15).
bool counts_as_matching(const CompiledCondition& condition, const Context& context) noexcept {
    if (!condition.in_session_policy) return false;
    if (condition.effect == policy::Effect::allow && !condition.op.negated) return false;
    return std::ranges::any_of(condition.operands, [&](const Operand& operand) {
        const ArnOperand* pattern = std::get_if<ArnOperand>(&operand);
        return pattern != nullptr && is_short(*pattern, context);
    });
}

}  // namespace

Operand compile_arn(std::string_view text, OperandRules rules, Arena& arena, std::vector<Token>& scratch) {
    scratch.clear();
    tokenize(text, {.wildcards = true, .variables = rules.variables}, arena, scratch);
    const bool escapes = text.find("${") != std::string_view::npos && rules.variables;
    if (escapes) {
        const bool certain = !has_variable(scratch);
        const std::span<const Token> tokens = arena.keep<Token>(scratch);
        return ArnOperand{nullptr, tokens, certain && is_short_arn(tokens, Context{})};
    }
    const auto pattern = compile_arn_pattern(text, false, false, arena, scratch);
    if (!pattern) return ArnOperand{nullptr, {}, true};
    const std::span<ArnPattern> kept = arena.make<ArnPattern>(1);
    kept[0] = *pattern;
    return ArnOperand{kept.data(), {}, false};
}

Match match_arn(const CompiledCondition& condition, std::string_view value, const Context& context) noexcept {
    const SplitArn arn = split_arn(value);
    if (!arn.valid) return Match::unusable;
    if (counts_as_matching(condition, context)) return Match::yes;
    for (const Operand& operand : condition.operands) {
        const ArnOperand* pattern = std::get_if<ArnOperand>(&operand);
        if (pattern != nullptr && matches_operand(*pattern, arn, context)) return Match::yes;
    }
    return Match::no;
}

}  // namespace writ::engine
