#pragma once

#include <string_view>

#include "engine/internal/condition.h"

/// One file per family of operators (spec 3.2). Each has a function that makes a policy value ready and one
/// that compares a request value with all policy values of the key.
namespace writ::engine {

/// What comparing a request value with the policy values gave.
enum class Match : std::uint8_t {
    no,
    yes,       ///< At least one policy value.
    unusable,  ///< The request value cannot be compared: false for the negated operator, too (spec ?12).
};

struct OperandRules {
    policy::Comparison comparison;
    bool variables = false;
};

[[nodiscard]] Operand compile_text(std::string_view text, OperandRules rules, Arena& arena,
                                   std::vector<Token>& scratch);
[[nodiscard]] Operand compile_arn(std::string_view text, OperandRules rules, Arena& arena,
                                  std::vector<Token>& scratch);
[[nodiscard]] Operand compile_bool(std::string_view text, OperandRules rules, Arena& arena,
                                   std::vector<Token>& scratch);
[[nodiscard]] Operand compile_number(std::string_view text);
[[nodiscard]] Operand compile_date(std::string_view text);
[[nodiscard]] Operand compile_ip(std::string_view text);
[[nodiscard]] Operand compile_binary(std::string_view text, Arena& arena);

[[nodiscard]] Match match_text(const CompiledCondition& condition, std::string_view value,
                               const Context& context) noexcept;
[[nodiscard]] Match match_arn(const CompiledCondition& condition, std::string_view value,
                              const Context& context) noexcept;
[[nodiscard]] Match match_bool(const CompiledCondition& condition, std::string_view value,
                               const Context& context) noexcept;
[[nodiscard]] Match match_number(const CompiledCondition& condition, std::string_view value) noexcept;
[[nodiscard]] Match match_date(const CompiledCondition& condition, std::string_view value) noexcept;
[[nodiscard]] Match match_ip(const CompiledCondition& condition, std::string_view value) noexcept;
[[nodiscard]] Match match_binary(const CompiledCondition& condition, std::string_view value) noexcept;
/// Null looks at presence only, never at the value (spec 3.3, ?11).
[[nodiscard]] bool holds_null(const CompiledCondition& condition, bool present) noexcept;

/// ISO 8601, or seconds since 1970 with an optional fraction (spec C20); millisecond precision (?12).
[[nodiscard]] std::optional<Instant> parse_date(std::string_view text) noexcept;

}  // namespace writ::engine
