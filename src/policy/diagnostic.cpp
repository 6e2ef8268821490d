#include "policy/diagnostic.h"

namespace writ::policy {

std::string_view name(DiagnosticCode code) noexcept {
    switch (code) {
        case DiagnosticCode::json:
            return "json";
        case DiagnosticCode::syntax:
            return "syntax";
        case DiagnosticCode::version:
            return "version";
        case DiagnosticCode::legacy_parsing:
            return "legacy_parsing";
        case DiagnosticCode::duplicate_sid:
            return "duplicate_sid";
        case DiagnosticCode::missing_action:
            return "missing_action";
        case DiagnosticCode::resource_form:
            return "resource_form";
        case DiagnosticCode::action_form:
            return "action_form";
        case DiagnosticCode::missing_resource:
            return "missing_resource";
        case DiagnosticCode::principal:
            return "principal";
        case DiagnosticCode::trust_action:
            return "trust_action";
        case DiagnosticCode::prohibited_field:
            return "prohibited_field";
        case DiagnosticCode::policy_type:
            return "policy_type";
        case DiagnosticCode::quota:
            return "quota";
    }
    return "";
}

}  // namespace writ::policy
