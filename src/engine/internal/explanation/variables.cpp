#include "engine/internal/explanation/variables.h"

#include <algorithm>

#include "base/text.h"

namespace writ::engine {
namespace {

struct OperandTokens {
    std::span<const Token> tokens;  ///< Empty when the value holds no variables.
    bool wildcards = false;
};

OperandTokens tokens_of(const Operand& operand) noexcept {
    if (const auto* text = std::get_if<TextOperand>(&operand)) return {text->tokens, false};
    if (const auto* boolean = std::get_if<BoolOperand>(&operand)) return {boolean->tokens, false};
    if (const auto* arn = std::get_if<ArnOperand>(&operand)) return {arn->tokens, true};
    if (const auto* glob = std::get_if<Glob>(&operand); glob != nullptr && glob->has_variables)
        return {glob->tokens, true};
    return {};
}

// The compiled key is folded; the document knows how its author wrote it.
std::string_view as_written(std::string_view folded_key, std::string_view written) {
    const auto found =
        std::ranges::search(written, folded_key, [](char a, char b) { return ascii_lower(a) == b; });
    return found.empty() ? folded_key : std::string_view(found.begin(), found.end());
}

void append_literal(std::string& text, std::string_view literal, bool wildcards) {
    for (const char c : literal) {
        if (wildcards && (c == '*' || c == '?')) {
            text.append("${").append(1, c).append("}");
        } else {
            text.push_back(c);
        }
    }
}

void append_token(std::string& text, const Token& token, const OperandTokens& operand,
                  std::string_view written, const Context& context) {
    switch (token.kind) {
        case Token::Kind::any:
            text.push_back('*');
            return;
        case Token::Kind::one:
            text.push_back('?');
            return;
        case Token::Kind::literal:
        case Token::Kind::variable:
            break;
    }
    if (const auto value = resolve(token, context)) return append_literal(text, *value, operand.wildcards);
    text.append("${").append(as_written(token.key.folded, written)).append("}");
}

void visit_unresolved(std::span<const Token> tokens, std::string_view written, const Context& context,
                      const HearKey& hear) {
    for (const Token& token : tokens) {
        if (token.kind == Token::Kind::variable && !resolve(token, context))
            hear(as_written(token.key.folded, written));
    }
}

}  // namespace

std::string substituted(const Operand& operand, std::string_view written, const Context& context) {
    const OperandTokens tokens = tokens_of(operand);
    if (tokens.tokens.empty()) return std::string(written);
    std::string text;
    for (const Token& token : tokens.tokens) append_token(text, token, tokens, written, context);
    return text;
}

void visit_unresolved(const CompiledCondition& condition, const Context& context, const HearKey& hear) {
    for (std::size_t i = 0; i < condition.operands.size(); ++i) {
        visit_unresolved(tokens_of(condition.operands[i]).tokens, condition.source->values[i].text, context,
                         hear);
    }
}

void visit_unresolved_in_resource(const CompiledStatement& statement, const Context& context,
                                  const HearKey& hear) {
    const auto& written = statement.source->resource;
    if (!written) return;
    const std::span<const ResourcePattern> patterns = statement.resource.patterns;
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        const Glob& tail = patterns[i].arn.tail;
        if (!tail.has_variables) continue;
        visit_unresolved(tail.tokens, written->patterns[i].text, context, hear);
    }
}

}  // namespace writ::engine
