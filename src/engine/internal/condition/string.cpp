#include "engine/internal/condition/families.h"
#include "engine/internal/lower_case.h"

namespace writ::engine {
namespace {

using policy::Comparison;

bool equals(const TextOperand& operand, std::string_view value, const Context& context) noexcept {
    if (operand.tokens.empty()) return operand.literal == value;
    return matches_tokens({operand.tokens}, value, context);
}

bool equals_ignoring_case(const TextOperand& operand, std::string_view value,
                          const Context& context) noexcept {
    if (operand.tokens.empty()) return equals_in_lower_case(operand.literal, value);
    return equals_in_lower_case(operand.tokens, value, context);
}

bool matches_operand(const Operand& operand, Comparison comparison, std::string_view value,
                     const Context& context) noexcept {
    if (const Glob* glob = std::get_if<Glob>(&operand)) return matches(*glob, value, context);
    const TextOperand* text = std::get_if<TextOperand>(&operand);
    if (text == nullptr) return false;
    return comparison == Comparison::string_equals ? equals(*text, value, context)
                                                   : equals_ignoring_case(*text, value, context);
}

}  // namespace

// Wildcards have a meaning in StringLike only (spec C9).
Operand compile_text(std::string_view text, OperandRules rules, Arena& arena, std::vector<Token>& scratch) {
    const bool like = rules.comparison == Comparison::string_like;
    scratch.clear();
    tokenize(text, {.wildcards = like, .variables = rules.variables}, arena, scratch);
    if (like) return compile_glob(scratch, arena);
    if (scratch.empty()) return TextOperand{};
    if (scratch.size() == 1 && scratch[0].kind == Token::Kind::literal)
        return TextOperand{scratch[0].text, {}};
    return TextOperand{{}, arena.keep<Token>(scratch)};
}

Match match_text(const CompiledCondition& condition, std::string_view value,
                 const Context& context) noexcept {
    for (const Operand& operand : condition.operands) {
        if (matches_operand(operand, condition.op.comparison, value, context)) return Match::yes;
    }
    return Match::no;
}

}  // namespace writ::engine
