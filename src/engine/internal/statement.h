#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/internal/action_pattern.h"
#include "engine/internal/condition.h"
#include "engine/internal/principal_match.h"
#include "engine/internal/resource_pattern.h"
#include "policy/document.h"

namespace writ::engine {

/// Index of the resource pattern by which a statement was found; `every` asks for all of them.
inline constexpr std::uint32_t every_resource_pattern = 0xFFFFU;

/// One statement made ready to be matched. Views into its CompiledDocument.
struct CompiledStatement {
    policy::Effect effect = policy::Effect::deny;
    bool has_action = false;  ///< Without Action and NotAction a statement never applies.
    bool applies_without_resource =
        false;  ///< Trust and resource policies may leave Resource out (spec 1.3).
    bool has_resource = false;
    bool asks_principal = false;  ///< By policy type; without an element it never applies (spec P14).
    bool has_principal = false;
    bool asks_context = false;  ///< Has a condition, or what may be a policy variable.
    ActionElement action;
    ResourceElement resource;
    std::span<const CompiledCondition> conditions;
    PrincipalElement principal;
    const policy::Statement* source = nullptr;
};

[[nodiscard]] CompiledStatement compile_statement(const policy::Statement& statement, policy::PolicyType type,
                                                  policy::Version version, Arena& arena,
                                                  std::vector<Token>& scratch);

[[nodiscard]] inline bool action_matches(const CompiledStatement& statement,
                                         const Request& request) noexcept {
    return statement.has_action && matches(statement.action, request);
}

[[nodiscard]] inline bool resource_matches(const CompiledStatement& statement, const Request& request,
                                           std::uint32_t pattern = every_resource_pattern) noexcept {
    if (!statement.has_resource) return statement.applies_without_resource;
    if (pattern == every_resource_pattern) return matches(statement.resource, request);
    return matches(statement.resource.patterns[pattern], request);
}

/// GrantClass::none when the statement is not about the caller; GrantClass::delegated for policy types that
/// name no principals: they grant nothing beyond themselves.
[[nodiscard]] inline GrantClass principal_matches(const CompiledStatement& statement, const Principal& caller,
                                                  bool has_boundary) noexcept {
    if (!statement.asks_principal) return GrantClass::delegated;
    if (!statement.has_principal) return GrantClass::none;
    return match_principal(statement.principal, caller, has_boundary);
}

[[nodiscard]] inline bool conditions_hold(const CompiledStatement& statement,
                                          const Context& context) noexcept {
    for (const CompiledCondition& condition : statement.conditions) {
        if (!holds(condition, context)) return false;
    }
    return true;
}

}  // namespace writ::engine
