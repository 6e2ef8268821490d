#include "api/denied_question.h"

#include <utility>

#include "engine/source_document.h"

namespace writ::api {
namespace {

using Members = std::vector<engine::PolicySet::Member>;

/// Inline documents of sets that name none are told by their place.
cases::PolicyText text_of(const engine::PolicySet::Member& member, std::size_t place) {
    cases::PolicyText text{.document = engine::source_document(member.document),
                           .source = member.source,
                           .file = {},
                           .origin = {}};
    if (text.source.name.empty()) text.source.name = std::to_string(place);
    return text;
}

cases::PolicyLevel level_of(const Members& members) {
    cases::PolicyLevel level;
    for (const engine::PolicySet::Member& member : members) level.push_back(text_of(member, level.size()));
    return level;
}

std::optional<cases::PolicyText> single_of(const std::optional<Members>& members) {
    if (!members || members->empty()) return std::nullopt;
    return text_of(members->front(), 0);
}

std::optional<std::vector<cases::PolicyLevel>> levels_of(const std::optional<std::vector<Members>>& levels) {
    if (!levels) return std::nullopt;
    std::vector<cases::PolicyLevel> all;
    for (const Members& level : *levels) all.push_back(level_of(level));
    return all;
}

std::vector<cases::ContextValue> values_of(const engine::Context& context) {
    std::vector<cases::ContextValue> values;
    for (const engine::ContextEntry& entry : context.entries()) {
        values.push_back({.key = entry.name, .values = entry.values, .multivalued = entry.multivalued});
    }
    return values;
}

}  // namespace

cases::Case question_of(const authz::Caller& caller, const authz::Demand& demand,
                        const engine::Context& context, const authz::PoliciesInForce& policies, Instant now) {
    cases::Case question;
    question.name = std::string(demand.action) + " at " + format_iso8601(now);
    question.caller.principal = *caller.principal;
    if (caller.subject != nullptr) question.caller.tags = caller.subject->tags;
    if (caller.session != nullptr) question.caller.session_tags = caller.session->tags;
    question.action = demand.action;
    question.resource = demand.resource;
    question.resource_account = demand.resource_account;
    question.context = values_of(context);
    question.time = now;
    question.policies.identity = level_of(policies.identity);
    question.policies.boundary = single_of(policies.boundary);
    if (policies.session) question.policies.session = level_of(*policies.session);
    if (!policies.scope_down.empty()) question.policies.scope_down = levels_of(policies.scope_down);
    question.policies.resource = single_of(policies.resource);
    question.policies.trust = single_of(policies.trust);
    question.policies.scp = levels_of(policies.scp);
    question.policies.rcp = levels_of(policies.rcp);
    return question;
}

}  // namespace writ::api
