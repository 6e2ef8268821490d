#include "round_trip.h"

#include "policy/parse.h"
#include "policy/print.h"

namespace writ::policy {
namespace {

// AWS's own documents may be longer than those of customers.
constexpr ParseOptions any_length{.characters_max = 1U << 30U};

std::string defect(std::string_view what, const Diagnostic& diagnostic) {
    return std::string(what) + " is refused at line " + std::to_string(diagnostic.span.begin.line) +
           ", column " + std::to_string(diagnostic.span.begin.column) + ": " + diagnostic.hint;
}

std::string same_value_defect(const Document& document, std::string_view what, const std::string& printed) {
    const auto again = parse(printed, any_length);
    if (!again) return defect(what, again.error());
    return same_value(document, **again) ? "" : std::string(what) + " says another value";
}

}  // namespace

std::string round_trip_defect(std::string_view text) {
    const auto document = parse(text, any_length);
    if (!document) return defect("the document", document.error());
    const std::string compact = print_compact(**document);
    for (const auto& [what, printed] :
         {std::pair{"the compact form", compact}, std::pair{"the pretty form", print_pretty(**document)}})
        if (std::string found = same_value_defect(**document, what, printed); !found.empty()) return found;
    if (print_compact(**parse(compact, any_length)) != compact) return "the compact form prints differently";
    const std::string normal = print_normal(**document);
    const auto again = parse(normal, any_length);
    if (!again) return defect("the normal form", again.error());
    return print_normal(**again) == normal ? "" : "the normal form has another normal form";
}

}  // namespace writ::policy
