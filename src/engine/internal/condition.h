#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "base/ip.h"
#include "base/time.h"
#include "engine/context.h"
#include "engine/internal/arn_pattern.h"
#include "engine/internal/decimal.h"
#include "engine/internal/glob.h"
#include "policy/document.h"

namespace writ::engine {

/// A value that is compared as text: one literal, or tokens when it holds variables or escapes.
struct TextOperand {
    std::string_view literal;
    std::span<const Token> tokens;
};
/// A pattern of an ARN operator. `tokens` when it holds variables; `short_form` when it has fewer than six
/// parts (spec ?15).
struct ArnOperand {
    const ArnPattern* pattern = nullptr;
    std::span<const Token> tokens;
    bool short_form = false;
};
struct BytesOperand {
    std::span<const std::byte> bytes;
};
/// Null and Bool: what the text means; Bool may hold variables (spec ?14).
struct BoolOperand {
    bool value = false;
    std::span<const Token> tokens;
};

/// A value of the policy, made ready for its operator. monostate: it cannot be converted (spec ?12).
using Operand = std::variant<std::monostate, TextOperand, Glob, Decimal, Instant, IpNetwork, ArnOperand,
                             BytesOperand, BoolOperand>;

struct CompiledCondition {
    policy::ConditionOperator op;
    bool known = false;  ///< false: no such operator; never holds (spec C8).
    bool in_session_policy = false;
    policy::Effect effect = policy::Effect::deny;  ///< Of the statement; both only matter for ?15.
    KeyRef key;
    std::span<const Operand> operands;
    const policy::Condition* source = nullptr;
};

struct ConditionRules {
    policy::PolicyType type = policy::PolicyType::identity;
    policy::Effect effect = policy::Effect::deny;
    bool variables = false;
};

[[nodiscard]] CompiledCondition compile_condition(const policy::Condition& condition,
                                                  const ConditionRules& rules, Arena& arena,
                                                  std::vector<Token>& scratch);

/// Spec 3.1, 3.3 and 3.4: missing keys, set operators, multivalued keys. Allocates nothing.
[[nodiscard]] bool holds(const CompiledCondition& condition, const Context& context) noexcept;

}  // namespace writ::engine
