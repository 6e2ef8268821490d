#include "policy/internal/validation/rules.h"

namespace writ::policy::internal {
namespace {

enum class Presence : std::uint8_t { forbidden, required };

// Spec 1.3.
Presence principal_presence(PolicyType type) {
    switch (type) {
        case PolicyType::identity:
        case PolicyType::boundary:
        case PolicyType::session:
        case PolicyType::scp:
            return Presence::forbidden;
        case PolicyType::trust:
        case PolicyType::resource:
        case PolicyType::rcp:
        case PolicyType::endpoint:
            return Presence::required;
    }
    return Presence::forbidden;
}

// P10: only a Deny of a resource or endpoint policy may name whom it spares.
bool may_exempt(PolicyType type, Effect effect) {
    return effect == Effect::deny && (type == PolicyType::resource || type == PolicyType::endpoint);
}

void refuse(const Validation& validation, const PrincipalElement& principal) {
    const bool identity =
        validation.options.type == PolicyType::identity || validation.options.type == PolicyType::boundary;
    const std::string_view field = principal.negated ? "NotPrincipal" : "Principal";
    if (identity) {  // T1.
        validation.report(
            DiagnosticCode::principal, "Policy document should not specify a principal.",
            "The principal is whoever the policy is attached to. Remove " + std::string(field) + ".",
            principal.span);
        return;
    }
    validation.report(DiagnosticCode::prohibited_field, "Has prohibited field " + std::string(field),  // T2.
                      "This policy type limits whoever it applies to. Remove " + std::string(field) + ".",
                      principal.span);
}

}  // namespace

void check_principal_presence(const Validation& validation) {
    const PolicyType type = validation.options.type;
    for (const Statement& statement : validation.document.statements()) {
        const auto& principal = statement.principal;
        if (principal_presence(type) == Presence::forbidden) {
            if (principal) refuse(validation, *principal);
        } else if (!principal || principal->entries.empty()) {  // P14.
            validation.report(DiagnosticCode::principal, "Missing required field Principal",
                              principal ? "The principal names nobody. Name one, or say \"*\" for everyone."
                                        : "Say whom the statement is about: add Principal.",
                              principal ? principal->span : statement.span);
        } else if (principal->negated && !may_exempt(type, statement.effect)) {
            validation.report(DiagnosticCode::prohibited_field, "Has prohibited field NotPrincipal",
                              "NotPrincipal is for the Deny statements of resource policies. Use Principal "
                              "\"*\" and a condition on aws:PrincipalArn.",
                              principal->span);
        }
    }
}

}  // namespace writ::policy::internal
