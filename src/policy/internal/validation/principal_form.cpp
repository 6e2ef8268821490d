#include <algorithm>
#include <array>
#include <optional>

#include "base/arn.h"
#include "policy/internal/suggest.h"
#include "policy/internal/validation/rules.h"

namespace writ::policy::internal {
namespace {

using Hint = std::optional<std::string>;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The unique id of a user or role, as saved documents hold it once the entity is gone (spec P3).
bool is_unique_id(std::string_view text) {
    return text.size() >= 16 && (text.starts_with("AIDA") || text.starts_with("AROA")) &&
           std::ranges::all_of(text, [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); });
}

struct ArnForm {
    std::string_view service;
    std::string_view start;  ///< Of the resource part.
};

// Spec 2.4. Groups and instance profiles are no principals (P2).
constexpr auto aws_forms = std::to_array<ArnForm>({
    {"iam", "user/"},
    {"iam", "role/"},
    {"sts", "assumed-role/"},
    {"sts", "federated-user/"},
});
constexpr auto provider_forms =
    std::to_array<ArnForm>({{"iam", "saml-provider/"}, {"iam", "oidc-provider/"}});
constexpr auto shared_providers = std::to_array<std::string_view>(
    {"cognito-identity.amazonaws.com", "www.amazon.com", "graph.facebook.com", "accounts.google.com"});

bool has_form(const ArnView& arn, const ArnForm& form) {
    return arn.service == form.service && arn.resource.starts_with(form.start) &&
           arn.resource.size() > form.start.size();
}

// CloudFront's origin access identities are users of an account that has a name.
bool is_principal_account(std::string_view account) {
    return is_account_id(account) || account == "cloudfront";
}

Hint aws_hint(std::string_view text) {
    if (text == "*" || is_account_id(text) || is_unique_id(text)) return std::nullopt;
    if (text.find_first_of("*?") != std::string_view::npos)
        return "Wildcards cannot stand in a principal. Say \"*\" and add ArnLike on aws:PrincipalArn.";
    const auto arn = parse_arn(text);
    if (!arn || !arn->region.empty() || !is_principal_account(arn->account))
        return "Write the ARN of a user, a role or a session, an account of 12 digits, or \"*\".";
    if (arn->service == "iam" && arn->resource == "root") return std::nullopt;
    if (arn->service == "iam" && arn->resource.starts_with("group/"))
        return "A group is no principal. Name its users, or attach a policy to the group.";
    const bool known =
        std::ranges::any_of(aws_forms, [&](const ArnForm& form) { return has_form(*arn, form); });
    if (known) return std::nullopt;
    return quoted(arn->resource) +
           " is no principal: root, user/, role/, assumed-role/ and federated-user/ are.";
}

Hint federated_hint(std::string_view text) {
    if (std::ranges::find(shared_providers, text) != shared_providers.end()) return std::nullopt;
    const auto arn = parse_arn(text);
    if (arn && is_account_id(arn->account) && text.find_first_of("*?") == std::string_view::npos &&
        std::ranges::any_of(provider_forms, [&](const ArnForm& form) { return has_form(*arn, form); }))
        return std::nullopt;
    return "Write the ARN of a SAML or OIDC provider, or the name of a shared one." +
           did_you_mean(text, shared_providers);
}

Hint service_hint(std::string_view text) {
    const auto in_name = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.'; };
    const bool has_dots =
        text.find('.') != std::string_view::npos && !text.starts_with('.') && !text.ends_with('.');
    if (has_dots && std::ranges::all_of(text, in_name)) return std::nullopt;
    if (text.find('*') != std::string_view::npos)
        return "A service is named in full; several may stand in a list.";
    return "Services are named as \"ec2.amazonaws.com\", in lower case.";
}

Hint canonical_hint(std::string_view text) {
    const auto hexadecimal = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); };
    if (text.size() == 64 && std::ranges::all_of(text, hexadecimal)) return std::nullopt;
    return "A canonical user id has 64 hexadecimal digits.";
}

struct PrincipalTypeRow {
    PrincipalType type;
    std::string_view shown;  ///< As AWS names it in the message.
    Hint (*hint)(std::string_view);
    std::optional<PolicyType> only_in;
};

// Spec 2.4.
constexpr auto rows = std::to_array<PrincipalTypeRow>({
    {PrincipalType::everyone, "AWS", aws_hint, std::nullopt},
    {PrincipalType::aws, "AWS", aws_hint, std::nullopt},
    {PrincipalType::federated, "FEDERATED", federated_hint, PolicyType::trust},
    {PrincipalType::service, "SERVICE", service_hint, std::nullopt},
    {PrincipalType::canonical_user, "CANONICALUSER", canonical_hint, PolicyType::resource},
});

Hint hint_of(const PrincipalEntry& entry, const PrincipalTypeRow& row, const ValidateOptions& options) {
    if (entry.bare) return R"(Write {"AWS": …} around it; only "*" stands alone.)";  // P14.
    if (row.only_in && *row.only_in != options.type)
        return options.type == PolicyType::trust ? "Trust policies have no canonical users."
                                                 : "This policy type has no principals of this type.";
    if (options.strict && options.type == PolicyType::trust && entry.type == PrincipalType::everyone)  // ?28
        return R"(Write {"AWS": "*"}: AWS documents the scalar form for trust policies and refuses it.)";
    if (options.strict && options.type == PolicyType::endpoint && entry.value.text != "*")  // T6.
        return "Gateway endpoints take only \"*\". Restrict it with a condition on aws:PrincipalArn.";
    return row.hint(entry.value.text);
}

// The scalar has words of its own, as users report them of CreateRole.
std::string message_of(const PrincipalEntry& entry, const PrincipalTypeRow& row, PolicyType type) {
    if (type == PolicyType::trust && entry.type == PrincipalType::everyone)
        return R"(AssumeRolepolicy contained an invalid principal: "STAR":"*".)";
    return "Invalid principal in policy: \"" + std::string(row.shown) + "\":\"" +
           std::string(entry.value.text) + "\"";
}

}  // namespace

void check_principal_form(const Validation& validation) {
    for (const Statement& statement : validation.document.statements()) {
        if (!statement.principal) continue;
        for (const PrincipalEntry& entry : statement.principal->entries) {
            const auto* const row = std::ranges::find(rows, entry.type, &PrincipalTypeRow::type);
            auto hint = hint_of(entry, *row, validation.options);
            if (!hint) continue;
            validation.report(DiagnosticCode::principal, message_of(entry, *row, validation.options.type),
                              std::move(*hint), entry.value.span);
        }
    }
}

}  // namespace writ::policy::internal
