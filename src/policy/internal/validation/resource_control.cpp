#include <algorithm>
#include <array>

#include "base/text.h"
#include "policy/internal/suggest.h"
#include "policy/internal/validation/messages.h"
#include "policy/internal/validation/rules.h"

namespace writ::policy::internal {
namespace {

// T5: services that support RCPs, by prefix. tests/managed_policies holds the rows against the reference.
constexpr auto services = std::to_array<std::string_view>({
    "aoss",
    "appconfig",
    "appstream",
    "autoscaling",
    "autoscaling-plans",
    "budgets",
    "clouddirectory",
    "cloudfront",
    "cloudsearch",
    "cloudtrail-data",
    "codeartifact",
    "codebuild",
    "codecommit",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "comprehend",
    "comprehendmedical",
    "compute-optimizer",
    "cost-optimization-hub",
    "dax",
    "dsql",
    "dynamodb",
    "ecr",
    "ecr-public",
    "events",
    "firehose",
    "fis",
    "fms",
    "gamelift",
    "health",
    "inspector-scan",
    "kendra",
    "kinesisvideo",
    "kms",
    "logs",
    "memorydb",
    "networkmonitor",
    "notifications",
    "opensearch",
    "pca-connector-ad",
    "personalize",
    "polly",
    "pricing",
    "resource-groups",
    "rolesanywhere",
    "s3",
    "secretsmanager",
    "servicediscovery",
    "signin",
    "sqs",
    "sts",
    "support",
    "swf",
    "textract",
    "timestream-influxdb",
    "transcribe",
    "transfer",
    "translate",
    "wafv2",
    "workspaces",
    "xray",
});
static_assert(std::ranges::is_sorted(services));

bool is_supported(std::string_view prefix) {
    return std::ranges::binary_search(services, ascii_lower(prefix), {},
                                      [](std::string_view row) { return row; });
}

void refuse(const Validation& validation, std::string hint, const Span& span) {
    validation.report(DiagnosticCode::policy_type, std::string(organizations_message), std::move(hint), span);
}

void check_actions(const Validation& validation, const PatternElement& action) {
    if (action.negated) {
        refuse(validation, "A resource control policy names its actions: use Action in place of NotAction.",
               action.span);
        return;
    }
    for (const Scalar& pattern : action.patterns) {
        const std::string_view prefix = pattern.text.substr(0, pattern.text.find(':'));
        if (is_supported(prefix)) continue;
        refuse(validation,
               prefix == "*"
                   ? "Only the policy of AWS itself may say \"*\". Name the service, as in \"s3:*\"."
                   : "Resource control policies do not act on " + quoted(prefix) + "." +
                         did_you_mean(prefix, services),
               pattern.span);
    }
}

// The principal is "*" or {"AWS": "*"}, and no list of that (?32).
void check_principal(const Validation& validation, const PrincipalElement& principal) {
    const std::string_view text = validation.document.text();
    for (const PrincipalEntry& entry : principal.entries) {
        const std::string_view before = text.substr(0, entry.value.span.begin.byte);
        const bool in_list = before[before.find_last_not_of(" \t\r\n")] == '[';
        const bool everyone = entry.type == PrincipalType::everyone ||
                              (entry.type == PrincipalType::aws && !entry.bare && entry.value.text == "*");
        if (everyone && !in_list && principal.entries.size() == 1) continue;
        refuse(validation,
               "The principal of a resource control policy is \"*\". Restrict it with conditions.",
               entry.value.span);
    }
}

}  // namespace

// Missing actions, resources and principals, and NotPrincipal, are the business of the general rules.
void check_resource_control(const Validation& validation) {
    if (validation.options.type != PolicyType::rcp) return;
    for (const Statement& statement : validation.document.statements()) {
        if (statement.effect != Effect::deny)
            refuse(validation, "A resource control policy can only Deny: it limits what others allow.",
                   statement.effect_text.span);
        if (statement.action) check_actions(validation, *statement.action);
        if (statement.principal && !statement.principal->negated)
            check_principal(validation, *statement.principal);
    }
}

}  // namespace writ::policy::internal
