#include <string>
#include <vector>

#include "policy/internal/operator_names.h"
#include "policy/internal/suggest.h"
#include "policy/internal/validation/rules.h"

namespace writ::policy::internal {
namespace {

constexpr std::string_view if_exists = "IfExists";

// Null takes no affixes, every other operator does (spec C7).
bool is_null_with_affixes(std::string_view name) {
    return name.find("Null") != std::string_view::npos &&
           (name.starts_with("For") || name.ends_with(if_exists));
}

std::string hint(std::string_view name) {
    const std::string out = quoted(name) + " is no condition operator; names are case-sensitive.";
    if (is_null_with_affixes(name)) return out + " Null takes neither a set qualifier nor IfExists.";
    const std::size_t colon = name.rfind(':');
    std::string_view base = colon == std::string_view::npos ? name : name.substr(colon + 1);
    if (base.ends_with(if_exists)) base.remove_suffix(if_exists.size());
    std::vector<std::string_view> names;
    for (const OperatorName& row : operator_names()) names.push_back(row.text);
    return out + did_you_mean(base, names);
}

}  // namespace

// An unknown operator over an empty map has no triples and is accepted.
void check_operators(const Validation& validation) {
    for (const Statement& statement : validation.document.statements()) {
        const char* last = nullptr;
        for (const Condition& condition : statement.conditions) {
            const Scalar& name = condition.operator_name;
            if (condition.op || name.text.data() == last) continue;
            last = name.text.data();
            validation.report(DiagnosticCode::syntax, "Syntax errors in policy.", hint(name.text), name.span);
        }
    }
}

}  // namespace writ::policy::internal
