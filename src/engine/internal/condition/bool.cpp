#include "base/text.h"
#include "engine/internal/condition/families.h"

namespace writ::engine {
namespace {

// "true" in any case is true, every other text is false (?12).
bool is_true(std::string_view text) noexcept {
    return writ::equals_ignoring_case(text, "true");
}

// The truth of a text with variables; nothing when one has no value.
std::optional<bool> truth_of(std::span<const Token> tokens, const Context& context) noexcept {
    std::size_t matched = 0;
    constexpr std::string_view word = "true";
    bool differs = false;
    for (const Token& token : tokens) {
        const auto piece = resolve(token, context);
        if (!piece) return std::nullopt;
        differs = differs || matched + piece->size() > word.size() ||
                  !writ::equals_ignoring_case(*piece, word.substr(matched, piece->size()));
        if (!differs) matched += piece->size();
    }
    return !differs && matched == word.size();
}

}  // namespace

Operand compile_bool(std::string_view text, OperandRules rules, Arena& arena, std::vector<Token>& scratch) {
    scratch.clear();
    tokenize(text, {.wildcards = false, .variables = rules.variables}, arena, scratch);
    const bool plain =
        std::ranges::none_of(scratch, [](const Token& t) { return t.kind == Token::Kind::variable; });
    if (plain) return BoolOperand{is_true(text), {}};
    return BoolOperand{false, arena.keep<Token>(scratch)};
}

Match match_bool(const CompiledCondition& condition, std::string_view value,
                 const Context& context) noexcept {
    const bool actual = is_true(value);
    for (const Operand& operand : condition.operands) {
        const BoolOperand* expected = std::get_if<BoolOperand>(&operand);
        if (expected == nullptr) continue;
        const std::optional<bool> truth =
            expected->tokens.empty() ? std::optional(expected->value) : truth_of(expected->tokens, context);
        if (truth == actual) return Match::yes;
    }
    return Match::no;
}

bool holds_null(const CompiledCondition& condition, bool present) noexcept {
    return std::ranges::any_of(condition.operands, [present](const Operand& operand) {
        const BoolOperand* missing = std::get_if<BoolOperand>(&operand);
        return missing != nullptr && missing->value != present;
    });
}

}  // namespace writ::engine
