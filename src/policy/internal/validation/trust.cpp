#include <algorithm>
#include <array>

#include "base/text.h"
#include "policy/internal/suggest.h"
#include "policy/internal/validation/rules.h"

namespace writ::policy::internal {
namespace {

constexpr auto trust_actions = std::to_array<std::string_view>(
    {"sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:TagSession",
     "sts:SetSourceIdentity", "sts:SetContext"});

bool is_trust_action(std::string_view action) {
    return std::ranges::any_of(trust_actions,
                               [&](std::string_view known) { return equals_ignoring_case(action, known); });
}

// A wildcard behind "sts:" can match nothing outside of STS, so it is accepted (T3).
void check_action(const Validation& validation, const Scalar& action) {
    const std::size_t colon = action.text.find(':');
    if (!equals_ignoring_case(action.text.substr(0, colon), "sts")) {
        validation.report(
            DiagnosticCode::trust_action, "AssumeRole policy may only specify STS AssumeRole actions.",
            "A trust policy says who may assume the role; what the role may do stands in its own policies.",
            action.span);
        return;
    }
    if (action.text.find_first_of("*?") != std::string_view::npos || is_trust_action(action.text)) return;
    validation.report(
        DiagnosticCode::trust_action,
        "Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  "
        "and sts:AssumeRoleWithWebIdentity",  // The two blanks are real.
        quoted(action.text) + " has no place in a trust policy." + did_you_mean(action.text, trust_actions),
        action.span);
}

}  // namespace

void check_trust(const Validation& validation) {
    if (validation.options.type != PolicyType::trust) return;
    for (const Statement& statement : validation.document.statements()) {
        if (statement.resource) {  // T2; without a full stop in every report of users.
            validation.report(DiagnosticCode::prohibited_field,
                              statement.resource->negated ? "AssumeRole policy must not contain resources."
                                                          : "Has prohibited field Resource",
                              "The resource of a trust policy is the role that has it. Remove the element.",
                              statement.resource->span);
        }
        if (!statement.action) continue;
        for (const Scalar& action : statement.action->patterns) check_action(validation, action);
    }
}

}  // namespace writ::policy::internal
