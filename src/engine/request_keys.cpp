#include "engine/request_keys.h"

#include <algorithm>

#include "base/text.h"

namespace writ::engine {
namespace {

std::string_view after_last(std::string_view text, char separator) {
    return text.substr(text.rfind(separator) + 1);  // npos + 1 is 0: the whole text.
}

std::string bool_text(bool value) {
    return value ? "true" : "false";
}

// Spec 4.1. Absent for service principals and for SAML and OIDC callers (?17), and for anonymous ones.
std::string principal_arn(const Principal& principal) {
    switch (principal.kind) {
        case PrincipalKind::root:
            return "arn:" + principal.partition + ":iam::" + principal.account + ":root";
        case PrincipalKind::user:
        case PrincipalKind::federated_user:
            return principal.arn;
        case PrincipalKind::role_session:
            return principal.role_arn;  // With its path, not the session's.
        case PrincipalKind::service:
        case PrincipalKind::federated:
        case PrincipalKind::anonymous:
            return {};
    }
    return {};
}

// Spec 4.1, table of principal values.
std::string_view principal_type(PrincipalKind kind) {
    switch (kind) {
        case PrincipalKind::root:
            return "Account";
        case PrincipalKind::user:
            return "User";
        case PrincipalKind::federated_user:
            return "FederatedUser";
        case PrincipalKind::role_session:
            return "AssumedRole";
        case PrincipalKind::anonymous:
            return "Anonymous";
        case PrincipalKind::service:
        case PrincipalKind::federated:
            return {};  // The table names no value [I].
    }
    return {};
}

// Spec 4.1, table of principal values. Empty when a part of it is unknown.
std::string user_id(const Principal& principal) {
    switch (principal.kind) {
        case PrincipalKind::root:
            return principal.account;
        case PrincipalKind::user:
            return principal.id;
        case PrincipalKind::role_session:
            if (principal.id.empty() || !principal.session_name_known) return {};
            return principal.id + ":" + std::string(after_last(principal.arn, '/'));
        case PrincipalKind::federated_user:
            return principal.account + ":" + std::string(after_last(principal.arn, '/'));
        case PrincipalKind::anonymous:
            return "anonymous";
        case PrincipalKind::service:
        case PrincipalKind::federated:
            return {};
    }
    return {};
}

void set_unless_empty(Context& context, std::string_view key, std::string_view value) {
    if (!value.empty()) context.set(key, value);
}

void set_service_keys(Context& context, const Principal& principal) {
    // "All signed requests": anonymous and AssumeRoleWith… callers do not sign.
    if (principal.kind != PrincipalKind::anonymous && principal.kind != PrincipalKind::federated)
        context.set("aws:PrincipalIsAWSService", bool_text(principal.kind == PrincipalKind::service));
    if (principal.kind != PrincipalKind::service || principal.service_names.empty()) return;
    context.set("aws:PrincipalServiceName", principal.service_names.front());
    context.set_list("aws:PrincipalServiceNamesList", principal.service_names);
}

void set_tag_keys(Context& context, std::string_view prefix, TagView tags) {
    for (const auto& [key, value] : tags) context.set(std::string(prefix) + key, value);
}

// Spec K3: a session tag replaces the role's tag of that key in any case. Both must not be set: among two
// spellings of one key the lexically last would answer (?29), which may be the role's.
void set_principal_tags(Context& context, const PrincipalFacts& facts) {
    constexpr std::string_view prefix = "aws:PrincipalTag/";
    for (const auto& [key, value] : facts.tags) {
        const bool replaced = std::ranges::any_of(
            facts.session_tags, [&](const auto& tag) { return equals_ignoring_case(tag.first, key); });
        if (!replaced) context.set(std::string(prefix) + key, value);
    }
    set_tag_keys(context, prefix, facts.session_tags);
}

void set_session_keys(Context& context, const Principal& principal, const PrincipalFacts& facts) {
    if (principal.assumed_root) context.set("aws:AssumedRoot", "true");
    set_unless_empty(context, "aws:FederatedProvider", facts.federated_provider);
    set_unless_empty(context, "aws:SourceIdentity", facts.source_identity);
    if (facts.token_issue_time) context.set("aws:TokenIssueTime", format_iso8601(*facts.token_issue_time));
    if (facts.mfa_age) {
        context.set("aws:MultiFactorAuthPresent", "true");
        context.set("aws:MultiFactorAuthAge", std::to_string(facts.mfa_age->count()));
    } else if (facts.mfa_could_be_used) {
        context.set("aws:MultiFactorAuthPresent", "false");
    }
}

}  // namespace

void set_principal_keys(Context& context, const Principal& principal, const PrincipalFacts& facts) {
    const bool anonymous = principal.kind == PrincipalKind::anonymous;
    set_unless_empty(context, "aws:PrincipalArn", principal_arn(principal));
    set_unless_empty(context, "aws:PrincipalAccount", anonymous ? "anonymous" : principal.account);
    set_unless_empty(context, "aws:PrincipalType", principal_type(principal.kind));
    set_unless_empty(context, "aws:userid", user_id(principal));
    if (principal.kind == PrincipalKind::user)  // Spec X6: nobody else has a user name.
        set_unless_empty(context, "aws:username", after_last(principal.arn, '/'));
    set_service_keys(context, principal);
    set_principal_tags(context, facts);
    set_session_keys(context, principal, facts);
}

void set_time_keys(Context& context, Instant now) {
    context.set("aws:CurrentTime", format_iso8601(now));
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
    context.set("aws:EpochTime", std::to_string(seconds.count()));
}

void set_resource_keys(Context& context, std::string_view service, std::string_view account, TagView tags) {
    set_unless_empty(context, "aws:ResourceAccount", account);
    set_tag_keys(context, "aws:ResourceTag/", tags);
    if (equals_ignoring_case(service, "iam")) set_tag_keys(context, "iam:ResourceTag/", tags);
}

}  // namespace writ::engine
