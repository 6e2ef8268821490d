#include "cases/run.h"

#include <algorithm>
#include <utility>

namespace writ::cases {
namespace {

using engine::Layer;
using engine::LayerTrace;
using policy::PolicyType;

const PolicyText* at(const PolicyLevel& list, std::uint32_t index) {
    return index < list.size() ? &list[index] : nullptr;
}

const PolicyText* at(const std::optional<PolicyText>& policy, std::uint32_t index) {
    return policy && index == 0 ? &*policy : nullptr;
}

const PolicyText* at(const std::optional<std::vector<PolicyLevel>>& levels, std::uint32_t level,
                     std::uint32_t index) {
    return levels && level < levels->size() ? at((*levels)[level], index) : nullptr;
}

std::string_view word_of(Layer layer) {
    return layer == Layer::none || layer == Layer::always ? "implicit" : engine::name(layer);
}

std::optional<Matched> matched_of(const PolicyTexts& policies, const engine::Decision& decision) {
    const auto type = engine::policy_type_of(decision.decided_by);
    if (!type || !decision.statement.found()) return std::nullopt;
    const PolicyText* policy = find_policy(policies, *type, decision.statement);
    if (policy == nullptr) return std::nullopt;
    const policy::Statement& statement = policy->document->statements()[decision.statement.statement];
    Matched matched;
    matched.type = *type;
    matched.level = decision.statement.level;
    matched.policy_index = decision.statement.member;
    matched.statement = decision.statement.statement;
    if (statement.sid) matched.sid = statement.sid->text;
    matched.policy = policy;
    matched.span = {in_file(*policy, statement.span.begin), in_file(*policy, statement.span.end)};
    return matched;
}

std::vector<std::string> silent_of(const std::vector<LayerTrace>& layers) {
    std::vector<std::string> silent;
    for (const LayerTrace& layer : layers) {
        const bool asked = layer.in_force || layer.required;
        if (!asked || layer.answer != LayerTrace::Answer::none) continue;
        std::string word(word_of(layer.layer));
        if (std::ranges::find(silent, word) == silent.end()) silent.push_back(std::move(word));
    }
    return silent;
}

// One member of `expect` against what came out; the first of `actual` is the one that a message shows.
void compare(std::vector<Difference>& differences, std::string_view member,
             const std::optional<std::string>& expected, const std::vector<std::string>& actual) {
    if (!expected || std::ranges::find(actual, *expected) != actual.end()) return;
    differences.push_back({std::string(member), *expected, actual.empty() ? "none" : actual.front()});
}

std::vector<Difference> differences_of(const Expectation& expect, const Outcome& outcome) {
    std::vector<Difference> differences;
    std::optional<std::string> decision;
    if (expect.decision) decision = engine::name(*expect.decision);
    compare(differences, "decision", decision,
            {std::string(engine::name(outcome.explanation.decision.verdict))});
    compare(differences, "decided_by", expect.decided_by, {std::string(outcome.decided_by)});
    std::vector<std::string> policy, statement;
    if (const auto& matched = outcome.matched) {
        policy = {matched->policy->source.name, std::to_string(matched->policy_index)};
        statement = {std::to_string(matched->statement)};
        if (!matched->sid.empty()) statement.insert(statement.begin(), matched->sid);
    }
    compare(differences, "policy", expect.policy, policy);
    compare(differences, "statement", expect.statement, statement);
    return differences;
}

}  // namespace

const PolicyText* find_policy(const PolicyTexts& policies, PolicyType type,
                              const engine::StatementRef& statement) noexcept {
    switch (type) {
        case PolicyType::identity:
            return at(policies.identity, statement.member);
        case PolicyType::boundary:
            return at(policies.boundary, statement.member);
        case PolicyType::session:
            if (statement.level > 0) return at(policies.scope_down, statement.level - 1, statement.member);
            return policies.session ? at(*policies.session, statement.member) : nullptr;
        case PolicyType::trust:
            return at(policies.trust, statement.member);
        case PolicyType::resource:
            return at(policies.resource, statement.member);
        case PolicyType::scp:
            return at(policies.scp, statement.level, statement.member);
        case PolicyType::rcp:
            return at(policies.rcp, statement.level, statement.member);
        case PolicyType::endpoint:
            return at(policies.endpoint, statement.member);
    }
    return nullptr;
}

Outcome describe(const Case& question, engine::Explanation explanation) {
    Outcome outcome;
    outcome.explanation = std::move(explanation);
    outcome.decided_by = word_of(outcome.explanation.decision.decided_by);
    outcome.matched = matched_of(question.policies, outcome.explanation.decision);
    outcome.silent = silent_of(outcome.explanation.layers);
    if (question.expect) outcome.differences = differences_of(*question.expect, outcome);
    return outcome;
}

Outcome run(const Case& question, Instant now) {
    const Prepared prepared(question, now);
    return describe(question, engine::explain(prepared.policies(), prepared.request()));
}

}  // namespace writ::cases
