#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/wildcards.h"
#include "directory/delegation/delegation_requests.h"

namespace writ::directory {
namespace {

constexpr std::string_view boundary_key = "iam:PermissionsBoundary";
constexpr std::string_view creating = "iam:CreateRole";
constexpr std::array<std::string_view, 2> setting_boundaries{creating, "iam:PutRolePermissionsBoundary"};

bool allows(const policy::Statement& statement, std::string_view action) {
    if (statement.effect != policy::Effect::allow || !statement.action) return false;
    const bool named = std::ranges::any_of(statement.action->patterns, [&](const policy::Scalar& pattern) {
        return matches_wildcards(pattern.text, action);
    });
    return named != statement.action->negated;
}

/// Holds only when the request names one of the values as boundary.
bool demands_boundary(const policy::Condition& condition) {
    using enum policy::Comparison;
    constexpr std::array comparisons{string_equals, string_equals_ignore_case, string_like, arn_like};
    return equals_ignoring_case(condition.key.text, boundary_key) && condition.op && !condition.op->negated &&
           !condition.op->if_exists && condition.op->set != policy::SetQualifier::for_all_values &&
           std::ranges::find(comparisons, condition.op->comparison) != comparisons.end();
}

}  // namespace

std::vector<std::string> demanded_boundaries(const policy::Document& document) {
    std::vector<std::string> arns;
    for (const policy::Statement& statement : document.statements()) {
        const bool concerned = std::ranges::any_of(
            setting_boundaries, [&](std::string_view action) { return allows(statement, action); });
        if (!concerned) continue;
        for (const policy::Condition& condition : statement.conditions) {
            if (!demands_boundary(condition)) continue;
            for (const policy::Scalar& value : condition.values) {
                if (std::ranges::find(arns, value.text) == arns.end()) arns.emplace_back(value.text);
            }
        }
    }
    return arns;
}

bool creates_unbounded_roles(const policy::Document& document) {
    return std::ranges::any_of(document.statements(), [](const policy::Statement& statement) {
        return allows(statement, creating) && std::ranges::none_of(statement.conditions, demands_boundary);
    });
}

}  // namespace writ::directory
