#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "policy/internal/suggest.h"
#include "policy/internal/validation/rules.h"

namespace writ::policy::internal {
namespace {

struct Defect {
    std::string message;
    std::string hint;
};

// Wildcards in the prefix are accepted at write (spec ?4).
bool is_vendor(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        const char lower = ascii_lower(c);
        return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '*' ||
               c == '?';
    });
}

std::optional<Defect> defect_of(std::string_view action) {
    if (action == "*") return std::nullopt;
    const auto colons = std::ranges::count(action, ':');
    if (colons == 0)
        return Defect{"Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
                      quoted(action) +
                          " names no service: write it as service:action, such as "
                          "\"s3:GetObject\", or \"*\" for all actions."};
    if (colons > 1)
        return Defect{"Actions/Condition can contain only one colon.",
                      quoted(action) + " has " + std::to_string(colons) + " colons; service:action has one."};
    const std::string_view vendor = action.substr(0, action.find(':'));
    if (is_vendor(vendor)) return std::nullopt;
    return Defect{"Vendor " + std::string(vendor) + " is not valid",
                  "The service prefix consists of letters, digits, dots and hyphens, as in "
                  "\"elasticloadbalancing\"."};
}

}  // namespace

void check_actions_present(const Validation& validation) {
    for (const Statement& statement : validation.document.statements()) {
        const auto& action = statement.action;
        if (action && !action->patterns.empty()) continue;
        validation.report(DiagnosticCode::missing_action, "Policy statement must contain actions.",
                          action ? "The list of actions is empty. Name an action, or remove the statement."
                                 : "Add Action or NotAction to the statement.",
                          action ? action->span : statement.span);
    }
}

void check_action_form(const Validation& validation) {
    for (const Statement& statement : validation.document.statements()) {
        if (!statement.action) continue;
        for (const Scalar& action : statement.action->patterns)
            if (auto defect = defect_of(action.text))
                validation.report(DiagnosticCode::action_form, std::move(defect->message),
                                  std::move(defect->hint), action.span);
    }
}

}  // namespace writ::policy::internal
