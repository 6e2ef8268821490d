#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "policy/document.h"

namespace writ::policy {

/// What is wrong with a policy document. The steps are those of spec 1.5; the first failure is the one that
/// AWS reports.
enum class DiagnosticCode : std::uint8_t {
    json,              ///< Step 1, and the text is no JSON at all.
    syntax,            ///< Step 1.
    version,           ///< Step 2.
    legacy_parsing,    ///< Step 3.
    duplicate_sid,     ///< Step 4.
    missing_action,    ///< Step 5.
    resource_form,     ///< Step 6.
    action_form,       ///< Step 7.
    missing_resource,  ///< Step 8.
    principal,         ///< T1, T2, P2, 1.3.
    trust_action,      ///< T3.
    prohibited_field,  ///< T2.
    policy_type,       ///< Other rules of 1.3 that hold for one policy type.
    quota,             ///< 1.4.
};

struct Diagnostic {
    DiagnosticCode code = DiagnosticCode::syntax;
    std::string message;  ///< As AWS words it.
    std::string hint;     ///< Ours: what is wrong here and what to do. Never empty.
    Span span;            ///< Where; a syntax error points at the offending token.
};

/// Short stable name of a code for JSON output, for example "resource_form".
[[nodiscard]] std::string_view name(DiagnosticCode code) noexcept;

}  // namespace writ::policy
