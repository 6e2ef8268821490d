#include "api/iam/simulator/results.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "api/iam/simulator/delegation.h"
#include "base/text.h"
#include "engine/explain.h"
#include "reference/authorization.h"

namespace writ::api::iam::simulator {
namespace {

using engine::Layer;
using engine::Verdict;

struct Matched {
    std::string policy_id;
    std::string_view policy_type;
    policy::Span span;
    bool operator==(const Matched&) const = default;
};

/// What a policy type said in a decision across accounts.
struct Detail {
    std::string_view policy_type;
    Verdict verdict = Verdict::implicit_deny;
};

struct Outcome {
    Verdict verdict = Verdict::allowed;
    std::vector<Matched> matched;
    std::vector<std::string> missing;
    std::optional<bool> allowed_by_organizations;  ///< Nothing: no SCPs took part.
    std::optional<bool> allowed_by_boundary;       ///< Nothing: none is set.
    std::vector<Detail> details;
    bool has_details = false;
};

/// The words on the wire, which are not those of the model (spec B35). Empty: never named.
std::string_view type_word(policy::PolicyType type) {
    switch (type) {
        case policy::PolicyType::identity:
            return "IAM Policy";
        case policy::PolicyType::boundary:
            return "Permissions Boundary Policy";
        case policy::PolicyType::resource:
            return "Resource Policy";
        default:
            return {};
    }
}

const engine::PolicySet* set_of(const Policies& policies, policy::PolicyType type) {
    if (type == policy::PolicyType::identity) return policies.identity.get();
    if (type == policy::PolicyType::boundary) return policies.boundary.get();
    return policies.resource.get();  // Null where delegation stands in for it: no policy of anybody's.
}

/// Allowed, the Allow statements; denied explicitly, the Deny statements; nothing contributes to silence.
std::vector<Matched> matched_statements(const engine::Explanation& explanation, const Policies& policies) {
    std::vector<Matched> matched;
    if (explanation.decision.verdict == Verdict::implicit_deny) return matched;
    const auto wanted = explanation.decision.allowed() ? policy::Effect::allow : policy::Effect::deny;
    for (const engine::StatementTrace& statement : explanation.statements) {
        const std::string_view word = type_word(statement.type);
        if (!statement.applied || statement.effect != wanted || word.empty()) continue;
        const engine::PolicySet* set = set_of(policies, statement.type);
        if (set == nullptr) continue;
        matched.push_back({set->members()[statement.ref.member].source.name, word, statement.span});
    }
    return matched;
}

Verdict verdict_of(engine::LayerTrace::Answer answer) {
    if (answer == engine::LayerTrace::Answer::allow) return Verdict::allowed;
    return answer == engine::LayerTrace::Answer::deny ? Verdict::explicit_deny : Verdict::implicit_deny;
}

void set_layers(const engine::Explanation& explanation, Outcome& result) {
    for (const engine::LayerTrace& layer : explanation.layers) {
        if (!layer.in_force) continue;
        const bool allows = layer.answer == engine::LayerTrace::Answer::allow;
        if (layer.layer == Layer::scp) {
            result.allowed_by_organizations = result.allowed_by_organizations.value_or(true) && allows;
        }
        if (layer.layer == Layer::boundary) result.allowed_by_boundary = allows;
    }
}

/// Each policy type of its own; a resource without a policy is silent.
std::vector<Detail> details_of(const engine::Explanation& explanation) {
    std::vector<Detail> details;
    for (const auto& [layer, type] : {std::pair{Layer::identity, policy::PolicyType::identity},
                                      {Layer::boundary, policy::PolicyType::boundary},
                                      {Layer::resource, policy::PolicyType::resource}}) {
        const auto row = std::ranges::find(explanation.layers, layer, &engine::LayerTrace::layer);
        if (layer == Layer::boundary && !row->in_force) continue;
        details.push_back({type_word(type), verdict_of(row->answer)});
    }
    return details;
}

Outcome ask(const Question& question, const Policies& policies, const std::string& action,
            const std::string& resource) {
    const std::string owner = question.owner_of(resource);
    const bool crosses_accounts = owner != question.caller.account;
    const engine::Request request(question.caller,
                                  {.action = action, .resource = resource, .resource_account = owner},
                                  question.context);
    const std::vector<const engine::PolicySet*> levels = policies.scp_levels();
    const Set delegation = delegation_for(request, policies);
    engine::Policies in_force;
    in_force.identity = policies.identity.get();
    in_force.boundary = policies.boundary.get();
    in_force.resource = delegation != nullptr ? delegation.get() : policies.resource.get();
    // Keys that only SCPs ask for are not told.
    std::optional<std::vector<std::string>> missing;
    if (!levels.empty()) {
        missing = engine::explain(in_force, request, {.only_relevant = true}).missing_context;
        in_force.scp = levels;
    }
    auto explanation = engine::explain(in_force, request, {.only_relevant = true});

    Outcome result;
    result.verdict = explanation.decision.verdict;
    result.matched = matched_statements(explanation, policies);
    set_layers(explanation, result);
    const bool ended_by_scp = !result.allowed_by_organizations.value_or(true);
    result.has_details = !ended_by_scp && (crosses_accounts || resource != "*");
    if (crosses_accounts && !ended_by_scp) result.details = details_of(explanation);
    result.missing = missing ? std::move(*missing) : std::move(explanation.missing_context);
    return result;
}

int severity(Verdict verdict) {
    if (verdict == Verdict::allowed) return 0;
    return verdict == Verdict::implicit_deny ? 1 : 2;
}

void keep_stricter(std::optional<bool>& all, const std::optional<bool>& one) {
    if (one) all = all.value_or(true) && *one;
}

/// The union of what was found, and of each decision the most restrictive one.
void add(const Outcome& one, Outcome& all) {
    if (severity(one.verdict) > severity(all.verdict)) all.verdict = one.verdict;
    for (const std::string& key : one.missing) {
        const bool known = std::ranges::any_of(
            all.missing, [&](const std::string& other) { return equals_ignoring_case(other, key); });
        if (!known) all.missing.push_back(key);
    }
    keep_stricter(all.allowed_by_organizations, one.allowed_by_organizations);
    keep_stricter(all.allowed_by_boundary, one.allowed_by_boundary);
    all.has_details = all.has_details || one.has_details;
    for (const Detail& detail : one.details) {
        const auto known = std::ranges::find(all.details, detail.policy_type, &Detail::policy_type);
        if (known == all.details.end()) {
            all.details.push_back(detail);
        } else if (severity(detail.verdict) > severity(known->verdict)) {
            known->verdict = detail.verdict;
        }
    }
}

/// Of the resources whose decision is the reported one.
void add_statements(const std::vector<Outcome>& parts, Outcome& all) {
    for (const Outcome& part : parts) {
        if (part.verdict != all.verdict) continue;
        for (const Matched& statement : part.matched) {
            if (std::ranges::find(all.matched, statement) == all.matched.end()) {
                all.matched.push_back(statement);
            }
        }
    }
}

Output position(const policy::Position& at) {
    Output output;
    output.set("Line", std::int64_t{at.line});
    output.set("Column", std::int64_t{at.column});
    return output;
}

void set_common(Output& output, const Outcome& result) {
    Output statements = Output::list();
    for (const Matched& matched : result.matched) {
        Output statement;
        statement.set("SourcePolicyId", matched.policy_id);
        statement.set("SourcePolicyType", matched.policy_type);
        statement.set("StartPosition", position(matched.span.begin));
        statement.set("EndPosition", position(matched.span.end));
        statements.add(std::move(statement));
    }
    output.set("MatchedStatements", std::move(statements));
    Output missing = Output::list();
    for (const std::string& key : result.missing) missing.add(key);
    output.set("MissingContextValues", std::move(missing));
}

void set_details(Output& output, const Outcome& result) {
    if (result.allowed_by_boundary) {
        Output detail;
        detail.set("AllowedByPermissionsBoundary", *result.allowed_by_boundary);
        output.set("PermissionsBoundaryDecisionDetail", std::move(detail));
    }
    if (result.has_details) {
        Output details;
        for (const Detail& detail : result.details) {
            details.set(detail.policy_type, engine::name(detail.verdict));
        }
        output.set("EvalDecisionDetails", std::move(details));
    }
}

/// The ARN pattern of what the action is about, "*" when it has no resource.
std::string_view resource_template(const std::string& action) {
    const reference::Action* known = reference::find_action(action);
    if (known == nullptr || known->resources.empty()) return "*";
    const auto required = std::ranges::find(known->resources, true, &reference::ActionResource::required);
    return (required == known->resources.end() ? known->resources.front() : *required).type->arn_pattern;
}

Output resource_shape(const std::string& resource, const Outcome& result) {
    Output output;
    output.set("EvalResourceName", resource);
    output.set("EvalResourceDecision", engine::name(result.verdict));
    set_common(output, result);
    set_details(output, result);
    return output;
}

}  // namespace

Output evaluate(const Question& question, const Policies& policies, const std::string& action) {
    std::vector<Outcome> parts;
    Outcome all;
    for (const std::string& resource : question.resources) {
        parts.push_back(ask(question, policies, action, resource));
        add(parts.back(), all);
    }
    add_statements(parts, all);

    Output output;
    output.set("EvalActionName", action);
    output.set("EvalResourceName", resource_template(action));
    output.set("EvalDecision", engine::name(all.verdict));
    set_common(output, all);
    if (all.allowed_by_organizations) {
        Output detail;
        detail.set("AllowedByOrganizations", *all.allowed_by_organizations);
        output.set("OrganizationsDecisionDetail", std::move(detail));
    }
    set_details(output, all);
    Output specific = Output::list();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (question.resources[i] != "*") specific.add(resource_shape(question.resources[i], parts[i]));
    }
    output.set("ResourceSpecificResults", std::move(specific));
    return output;
}

}  // namespace writ::api::iam::simulator
