#include "oracle_answer.h"

#include <algorithm>

#include "base/text.h"
#include "cases/run.h"
#include "reference/authorization.h"

namespace writ::cases {
namespace {

oracle::Kind kind_of(engine::PrincipalKind kind) {
    switch (kind) {
        case engine::PrincipalKind::root:
            return oracle::Kind::root;
        case engine::PrincipalKind::user:
            return oracle::Kind::user;
        case engine::PrincipalKind::role_session:
            return oracle::Kind::role_session;
        case engine::PrincipalKind::federated_user:
            return oracle::Kind::federated_user;
        case engine::PrincipalKind::service:
            return oracle::Kind::service;
        case engine::PrincipalKind::federated:
            return oracle::Kind::federated;
        case engine::PrincipalKind::anonymous:
            return oracle::Kind::anonymous;
    }
    return oracle::Kind::anonymous;
}

oracle::Caller caller_of(const engine::Principal& principal) {
    return {.kind = kind_of(principal.kind),
            .partition = principal.partition,
            .account = principal.account,
            .arn = principal.arn,
            .role_arn = principal.role_arn,
            .issuer_arn = principal.issuer_arn,
            .id = principal.id,
            .issuer_id = principal.issuer_id,
            .canonical_id = principal.canonical_user_id,
            .service_names = principal.service_names,
            .session_name_known = principal.session_name_known,
            .service_linked = principal.service_linked,
            .management_account = principal.management_account,
            .assumed_root = principal.assumed_root};
}

std::map<std::string, oracle::Values> context_of_oracle(const Case& question, Instant now) {
    std::map<std::string, oracle::Values> context;
    Case derived;
    derived.caller = question.caller;
    derived.action = question.action;
    derived.resource = question.resource;
    derived.resource_account = question.resource_account;
    derived.resource_tags = question.resource_tags;
    derived.time = question.time;
    const engine::Context keys = cases::context_of(derived, now);
    for (const engine::ContextEntry& entry : keys.entries())
        context[entry.name] = {entry.multivalued, entry.values};
    // What the case says replaces what was derived, in whatever spelling.
    for (const ContextValue& value : question.context)
        std::erase_if(context,
                      [&](const auto& entry) { return equals_ignoring_case(entry.first, value.key); });
    for (const ContextValue& value : question.context)
        if (!value.removed) context[value.key] = {value.multivalued, value.values};
    return context;
}

oracle::Documents documents_of(const PolicyLevel& level) {
    oracle::Documents documents;
    for (const PolicyText& policy : level) documents.push_back(policy.document);
    return documents;
}

std::optional<oracle::Documents> documents_of(const std::optional<PolicyLevel>& level) {
    return level ? std::optional(documents_of(*level)) : std::nullopt;
}

std::optional<oracle::Documents> documents_of(const std::optional<PolicyText>& policy) {
    return policy ? std::optional(oracle::Documents{policy->document}) : std::nullopt;
}

std::optional<std::vector<oracle::Documents>> levels_of(
    const std::optional<std::vector<PolicyLevel>>& levels) {
    if (!levels) return std::nullopt;
    std::vector<oracle::Documents> documents;
    for (const PolicyLevel& level : *levels) documents.push_back(documents_of(level));
    return documents;
}

}  // namespace

void set_service_facts(oracle::Question& question) {
    const reference::Service* service =
        reference::find_service(question.action.substr(0, question.action.find(':')));
    const reference::Action* action = reference::find_action(question.action);
    question.service_supports_rcp = service != nullptr && service->supports_rcp;
    question.action_has_resource_type =
        action != nullptr
            ? !action->resources.empty()
            : question.resource.starts_with("arn:") && std::ranges::count(question.resource, ':') >= 5;
}

oracle::Question oracle_question(const Case& question, Instant now) {
    oracle::Question asked{.caller = caller_of(question.caller.principal),
                           .action = question.action,
                           .resource = question.resource,
                           .context = context_of_oracle(question, now),
                           .via_endpoint = question.policies.endpoint.has_value()};
    if (!question.resource_account.empty()) asked.resource_account = question.resource_account;
    const std::string& management = question.caller.management_account;
    asked.resource_in_management_account = !management.empty() && management == resource_account_of(question);
    set_service_facts(asked);
    return asked;
}

oracle::PolicySets oracle_policies(const PolicyTexts& policies) {
    return {.identity = documents_of(policies.identity),
            .boundary = documents_of(policies.boundary),
            .session = documents_of(policies.session),
            .resource = documents_of(policies.resource),
            .trust = documents_of(policies.trust),
            .endpoint = documents_of(policies.endpoint),
            .scp = levels_of(policies.scp),
            .rcp = levels_of(policies.rcp),
            .scope_down = levels_of(policies.scope_down).value_or(std::vector<oracle::Documents>{})};
}

oracle::Answer oracle_answer(const Case& question, Instant now) {
    return oracle::answer(oracle_policies(question.policies), oracle_question(question, now));
}

}  // namespace writ::cases
