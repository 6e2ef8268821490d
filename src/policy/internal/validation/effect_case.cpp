#include "policy/internal/suggest.h"
#include "policy/internal/validation/rules.h"

namespace writ::policy::internal {

void check_effect_case(const Validation& validation) {
    for (const Statement& statement : validation.document.statements()) {
        const std::string_view word = statement.effect == Effect::allow ? "Allow" : "Deny";
        if (statement.effect_text.text == word) continue;
        validation.report(DiagnosticCode::legacy_parsing, "The policy failed legacy parsing",
                          "Effect is case-sensitive: write " + quoted(word) + ", not " +
                              quoted(statement.effect_text.text) + ".",
                          statement.effect_text.span);
    }
}

}  // namespace writ::policy::internal
