#include "engine/internal/compiled_size.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string_view>

#include "engine/internal/action_table.h"
#include "engine/internal/statement.h"

namespace writ::engine {
namespace {

constexpr std::size_t head_parts = 5;  // Of an ARN, before its resource.

// Texts stand at any address, what follows them does not.
std::size_t text_bytes(std::size_t characters) noexcept {
    return characters + alignof(std::uint64_t);
}

std::size_t token_bytes(std::string_view text) noexcept {
    const auto specials = static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return c == '*' || c == '?' || c == '$'; }));
    const bool is_prefix = specials == 1 && text.ends_with('*');
    if (specials == 0 || is_prefix) return 0;
    const std::size_t keys = text.contains('$') ? text_bytes(text.size()) : 0;
    return (2 * specials + 1) * sizeof(Token) + keys;
}

std::size_t action_bytes(const policy::PatternElement& element) noexcept {
    std::size_t bytes = 0;
    for (const policy::Scalar& pattern : element.patterns) {
        bytes += sizeof(ActionPattern) + text_bytes(pattern.text.size());
        if (pattern.text.find_first_of("*?") != std::string_view::npos) {
            bytes += sizeof(Glob) + token_bytes(pattern.text);
        }
    }
    const std::size_t patterns = element.patterns.size();
    const std::size_t table =
        sizeof(ActionTable) + std::bit_ceil(patterns * 4 / 3 + 1) * sizeof(ActionTable::Run);
    return is_long_list(patterns) ? bytes + table : bytes;
}

std::size_t arn_bytes(std::string_view text) noexcept {
    std::size_t resource = 0;
    for (std::size_t part = 0; part < head_parts && resource != std::string_view::npos; ++part) {
        resource = text.find(':', resource);
        if (resource != std::string_view::npos) ++resource;
    }
    const std::string_view head = text.substr(0, resource);
    const bool literal =
        resource != std::string_view::npos && head.find_first_of("*?") == std::string_view::npos;
    return token_bytes(text) + (literal ? 0 : head_parts * sizeof(Glob));
}

std::size_t resource_bytes(const policy::PatternElement& element) noexcept {
    std::size_t bytes = 0;
    for (const policy::Scalar& pattern : element.patterns) {
        bytes += sizeof(ResourcePattern) + (pattern.text == "*" ? 0 : arn_bytes(pattern.text));
    }
    return bytes;
}

std::size_t condition_bytes(const policy::Condition& condition) noexcept {
    std::size_t bytes = sizeof(CompiledCondition) + text_bytes(condition.key.text.size());
    const bool about_arns = condition.op && condition.op->comparison == policy::Comparison::arn_like;
    for (const policy::Scalar& value : condition.values) {
        bytes += sizeof(Operand) + token_bytes(value.text);
        if (about_arns) bytes += sizeof(ArnPattern) + arn_bytes(value.text);
    }
    return bytes;
}

std::size_t statement_bytes(const policy::Statement& statement) noexcept {
    std::size_t bytes = sizeof(CompiledStatement);
    if (statement.action) bytes += action_bytes(*statement.action);
    if (statement.resource) bytes += resource_bytes(*statement.resource);
    if (statement.principal) bytes += statement.principal->entries.size() * sizeof(PrincipalPattern);
    for (const policy::Condition& condition : statement.conditions) bytes += condition_bytes(condition);
    return bytes;
}

}  // namespace

std::size_t compiled_size(const policy::Document& document) noexcept {
    std::size_t bytes = 0;
    for (const policy::Statement& statement : document.statements()) bytes += statement_bytes(statement);
    return bytes;
}

}  // namespace writ::engine
