#include "policy/validate.h"

#include <algorithm>
#include <array>

#include "policy/internal/lexer.h"
#include "policy/internal/validation/messages.h"
#include "policy/internal/validation/rules.h"

namespace writ::policy {
namespace {

using internal::Validation;

// In the order of spec 1.5 (?3). Step 1 is parse() but for the operators.
constexpr auto rules = std::to_array<void (*)(const Validation&)>({
    internal::check_leading_blanks,
    internal::check_operators,
    internal::check_version,
    internal::check_effect_case,
    internal::check_resource_legacy,
    internal::check_condition_literals,
    internal::check_statement_ids,
    internal::check_actions_present,
    internal::check_resource_form,
    internal::check_action_form,
    internal::check_resources_present,
    internal::check_principal_presence,
    internal::check_trust,
    internal::check_principal_form,
    internal::check_resource_control,
    internal::check_border_keys,
});

bool is_organizations_type(PolicyType type) {
    return type == PolicyType::scp || type == PolicyType::rcp;
}

bool counts_white_space(PolicyType type) {
    return is_organizations_type(type) || type == PolicyType::endpoint || type == PolicyType::resource;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::vector<Diagnostic> validate(const Document& document, const ValidateOptions& options) {
    std::vector<Diagnostic> found;
    const Validation validation{document, options, found};
    for (const auto rule : rules) rule(validation);
    // Organizations has one text for everything (O5); only the prohibited field was seen to be named (T2).
    if (is_organizations_type(options.type))
        for (Diagnostic& diagnostic : found)
            if (diagnostic.code != DiagnosticCode::prohibited_field)
                diagnostic.message = internal::organizations_message;
    return found;
}

std::size_t counted_size(const Document& document, PolicyType type) noexcept {
    if (counts_white_space(type)) return characters(document.text());
    std::size_t size = 0;
    internal::Lexer lexer(document.text());
    for (lexer.advance(); lexer.token().kind != internal::TokenKind::end; lexer.advance()) {
        const Span& span = lexer.token().span;
        size += characters(document.text().substr(span.begin.byte, span.end.byte - span.begin.byte));
    }
    return size;
}

}  // namespace writ::policy
