#include "policy/internal/validation/rules.h"

namespace writ::policy::internal {

// Spec G9: stored documents must begin with the brace, request parameters need not.
void check_leading_blanks(const Validation& validation) {
    const Position& brace = validation.document.span().begin;
    if (!validation.options.strict || brace.byte == 0) return;
    validation.report(DiagnosticCode::json, "JSON strings must not have leading spaces",
                      "Remove the white space before the opening brace.", {Position{}, brace});
}

}  // namespace writ::policy::internal
