#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/validate.h"

namespace writ::policy::internal {

/// What a rule reads and where it reports.
struct Validation {
    const Document& document;
    const ValidateOptions& options;
    std::vector<Diagnostic>& found;

    void report(DiagnosticCode code, std::string message, std::string hint, const Span& span) const {
        found.push_back({code, std::move(message), std::move(hint), span});
    }
};

// The rules, one file each; they report in the order of the text. validate() runs them in the order of spec
// 1.5 and says which policy types each is about where a rule does not say so itself.
void check_leading_blanks(const Validation& validation);      ///< G9, strict only.
void check_operators(const Validation& validation);           ///< 1.5 step 1: operators that are none.
void check_version(const Validation& validation);             ///< 1.5 step 2, V2, V3.
void check_effect_case(const Validation& validation);         ///< 1.5 step 3.
void check_resource_legacy(const Validation& validation);     ///< 1.5 step 3.
void check_condition_literals(const Validation& validation);  ///< 1.5 step 3, C17, ?15, ?31, S13a.
void check_statement_ids(const Validation& validation);       ///< 1.5 step 4.
void check_actions_present(const Validation& validation);     ///< 1.5 step 5.
void check_resource_form(const Validation& validation);       ///< 1.5 step 6, R6.
void check_action_form(const Validation& validation);         ///< 1.5 step 7.
void check_resources_present(const Validation& validation);   ///< 1.5 step 8.
void check_principal_presence(const Validation& validation);  ///< 1.3, T1, T2, P10, P14.
void check_trust(const Validation& validation);               ///< T2, T3.
void check_principal_form(const Validation& validation);      ///< 1.5 step 9, 2.4, P2, P14, T6, ?28.
void check_resource_control(const Validation& validation);    ///< RCP: 1.3, T5, ?32.
void check_border_keys(const Validation& validation);         ///< K1, strict only.

}  // namespace writ::policy::internal
