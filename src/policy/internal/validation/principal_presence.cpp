#include <utility>

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

// The words as users report them of S3 (resource policies) and of CreateRole (trust policies).
void ask_for_principal(const Validation& validation, const Statement& statement) {
    if (!statement.principal) {
        validation.report(DiagnosticCode::principal, "Missing required field Principal",
                          "Say whom the statement is about: add Principal.", statement.span);
        return;
    }
    const bool trust = validation.options.type == PolicyType::trust;
    validation.report(
        DiagnosticCode::principal,
        trust ? "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The "
                "passed in policy has a statement with no principals!"
              : "Missing required field Principal cannot be empty!",
        "The principal names nobody. Name one, or say \"*\" for everyone.", statement.principal->span);
}

void refuse_exemption(const Validation& validation, Effect effect, const PrincipalElement& principal) {
    const PolicyType type = validation.options.type;
    std::string message = "Has prohibited field NotPrincipal";
    if (type != PolicyType::rcp && effect == Effect::allow)
        message = "Allow with NotPrincipal is not allowed.";  // S3's words.
    else if (type == PolicyType::trust)
        message = "AssumeRole policy must not contain NotPrincipal field.";
    validation.report(
        DiagnosticCode::prohibited_field, std::move(message),
        "NotPrincipal is for the Deny statements of resource policies. Use Principal \"*\" and a "
        "condition on aws:PrincipalArn.",
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
            ask_for_principal(validation, statement);
        } else if (principal->negated && !may_exempt(type, statement.effect)) {
            refuse_exemption(validation, statement.effect, *principal);
        }
    }
}

}  // namespace writ::policy::internal
