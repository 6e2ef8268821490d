#include "engine/internal/statement.h"

#include <algorithm>

namespace writ::engine {
namespace {

using policy::PolicyType;

bool names_principals(PolicyType type) noexcept {
    switch (type) {
        case PolicyType::trust:
        case PolicyType::resource:
        case PolicyType::rcp:
        case PolicyType::endpoint:
            return true;
        case PolicyType::identity:
        case PolicyType::boundary:
        case PolicyType::session:
        case PolicyType::scp:
            return false;
    }
    return false;
}

bool may_have_variable(const policy::PatternElement& resources) {
    return std::ranges::any_of(resources.patterns, [](const policy::Scalar& pattern) {
        return pattern.text.find("${") != std::string::npos;
    });
}

}  // namespace

CompiledStatement compile_statement(const policy::Statement& statement, PolicyType type,
                                    policy::Version version, Arena& arena, std::vector<Token>& scratch) {
    const bool variables = version == policy::Version::v2012_10_17;  // V1
    CompiledStatement compiled;
    compiled.source = &statement;
    compiled.effect = statement.effect;
    compiled.asks_principal = names_principals(type);
    compiled.applies_without_resource = type == PolicyType::trust || type == PolicyType::resource;
    if (statement.action) {
        compiled.has_action = true;
        compiled.action = compile_actions(*statement.action, arena, scratch);
    }
    if (statement.resource && type != PolicyType::trust) {  // A trust policy is about its role.
        compiled.has_resource = true;
        const bool in_resource = variables && type != PolicyType::rcp;  // X3
        compiled.resource =
            compile_resources(*statement.resource, statement.effect, type, in_resource, arena, scratch);
    }
    if (statement.principal && compiled.asks_principal) {
        compiled.has_principal = true;
        compiled.principal = compile_principals(*statement.principal, statement.effect, type, arena);
    }
    compiled.asks_context =
        !statement.conditions.empty() || (statement.resource && may_have_variable(*statement.resource));
    const std::span<CompiledCondition> conditions =
        arena.make<CompiledCondition>(statement.conditions.size());
    std::ranges::transform(statement.conditions, conditions.begin(), [&](const policy::Condition& condition) {
        return compile_condition(condition, {type, statement.effect, variables}, arena, scratch);
    });
    compiled.conditions = conditions;
    return compiled;
}

}  // namespace writ::engine
