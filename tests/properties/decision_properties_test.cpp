// What holds for every policy and request, checked on the random cases of tests/differential.
#include <algorithm>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <vector>

#include "bundle.h"
#include "cases/run.h"
#include "cases/write.h"
#include "engine/asks_context.h"
#include "engine/explain.h"
#include "generate.h"
#include "policy/parse.h"

namespace writ::differential {
namespace {

using Json = nlohmann::ordered_json;
using policy::PolicyType;

constexpr Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};
constexpr std::uint64_t bundles = 200, cases_per_bundle = 40;

struct Slot {
    PolicyType type;
    cases::PolicyText* policy;
};

std::vector<Slot> slots_of(cases::PolicyTexts& policies) {
    std::vector<Slot> slots;
    const auto add = [&](PolicyType type, cases::PolicyLevel& level) {
        for (cases::PolicyText& policy : level) slots.push_back({type, &policy});
    };
    const auto add_one = [&](PolicyType type, std::optional<cases::PolicyText>& policy) {
        if (policy) slots.push_back({type, &*policy});
    };
    add(PolicyType::identity, policies.identity);
    if (policies.session) add(PolicyType::session, *policies.session);
    add_one(PolicyType::boundary, policies.boundary);
    add_one(PolicyType::resource, policies.resource);
    add_one(PolicyType::trust, policies.trust);
    add_one(PolicyType::endpoint, policies.endpoint);
    const auto add_levels = [&](PolicyType type, std::optional<std::vector<cases::PolicyLevel>>& levels) {
        if (!levels) return;
        for (cases::PolicyLevel& level : *levels) add(type, level);
    };
    add_levels(PolicyType::session, policies.scope_down);
    add_levels(PolicyType::scp, policies.scp);
    add_levels(PolicyType::rcp, policies.rcp);
    return slots;
}

Json read(const policy::Document& document) {
    return Json::parse(document.text());
}

policy::DocumentPtr write(const Json& json) {
    const auto document = policy::parse(json.dump(-1, ' ', true));
    EXPECT_TRUE(document) << json;
    return *document;
}

engine::Decision decide(const cases::Case& question) {
    const cases::Prepared prepared(question, now);
    return engine::decide(prepared.policies(), prepared.request());
}

// Calls check(case, choices) for random cases.
template <class Check>
void for_random_cases(std::uint64_t first_seed, const Check& check) {
    for (std::uint64_t seed = first_seed; seed < first_seed + bundles && !testing::Test::HasFailure();
         ++seed) {
        Choices choices(seed);
        Bundle bundle(choices);
        for (std::uint64_t i = 0; i < cases_per_bundle && !testing::Test::HasFailure(); ++i)
            check(bundle.case_of(bundle.select(choices)), choices);
    }
}

TEST(DecisionProperties, AnotherDenyNeverAllowsWhatWasDenied) {
    for_random_cases(1000, [](cases::Case question, Choices& choices) {
        const engine::Decision before = decide(question);
        const std::string whole = cases::to_file(question);
        const std::vector<Slot> slots = slots_of(question.policies);
        if (slots.empty()) return;
        const Slot slot = choices.of(slots);
        Json document = read(*slot.policy->document);
        Json added = Json::parse(generate_document(choices, slot.type))["Statement"][0];
        added["Effect"] = "Deny";
        document["Statement"].push_back(added);
        slot.policy->document = write(document);
        EXPECT_LE(decide(question).allowed(), before.allowed()) << added << "\nadded to " << whole;
    });
}

TEST(DecisionProperties, OneAllowLessNeverAllowsWhatWasDenied) {
    for_random_cases(2000, [](cases::Case question, Choices& choices) {
        const engine::Decision before = decide(question);
        const std::string whole = cases::to_file(question);
        const std::vector<Slot> slots = slots_of(question.policies);
        if (slots.empty()) return;
        const Slot slot = choices.of(slots);
        Json document = read(*slot.policy->document);
        Json& statements = document["Statement"];
        const std::size_t at = choices.below(static_cast<std::uint32_t>(statements.size()));
        // A document cannot be empty: a statement about nothing stands in for the one that goes.
        if (statements[at]["Effect"] == "Allow")
            statements[at] = {{"Effect", "Allow"}, {"Action", Json::array()}, {"Resource", "*"}};
        slot.policy->document = write(document);
        EXPECT_LE(decide(question).allowed(), before.allowed()) << at << " removed from " << whole;
    });
}

TEST(DecisionProperties, WhatDoesNotAskForTheContextIsDecidedTheSameWithoutIt) {
    std::size_t not_asking = 0;
    for_random_cases(9000, [&](const cases::Case& question, Choices&) {
        const cases::Prepared prepared(question, now);
        const engine::Request& request = prepared.request();
        if (engine::asks_context(prepared.policies(), request)) return;
        ++not_asking;
        const engine::Context empty;
        const engine::Request without(
            request.principal(),
            {.action = request.action(),
             .resource = request.resource(),
             .resource_account = request.resource_account(),
             .resource_in_management_account = request.resource_in_management_account(),
             .via_vpc_endpoint = request.via_vpc_endpoint()},
            empty);
        EXPECT_FALSE(engine::asks_context(prepared.policies(), without));
        EXPECT_EQ(engine::decide(prepared.policies(), without), engine::decide(prepared.policies(), request))
            << cases::to_file(question);
    });
    EXPECT_GT(not_asking, 200U);
}

TEST(DecisionProperties, TheOrderOfStatementsAndPoliciesDoesNotMatter) {
    for_random_cases(3000, [](cases::Case question, Choices& choices) {
        const engine::Decision before = decide(question);
        const std::string whole = cases::to_file(question);
        for (const Slot& slot : slots_of(question.policies)) {
            Json document = read(*slot.policy->document);
            Json& statements = document["Statement"];
            std::rotate(statements.begin(),
                        statements.begin() + choices.below(static_cast<std::uint32_t>(statements.size())),
                        statements.end());
            slot.policy->document = write(document);
        }
        std::ranges::reverse(question.policies.identity);
        if (question.policies.session) std::ranges::reverse(*question.policies.session);
        const engine::Decision after = decide(question);
        EXPECT_EQ(after.verdict, before.verdict) << whole;
        EXPECT_EQ(after.decided_by, before.decided_by) << whole;
    });
}

TEST(DecisionProperties, ExplainDecidesAsDecideDoes) {
    for_random_cases(4000, [](const cases::Case& question, Choices&) {
        const cases::Prepared prepared(question, now);
        const engine::Decision decided = engine::decide(prepared.policies(), prepared.request());
        const engine::Explanation explained = engine::explain(prepared.policies(), prepared.request());
        EXPECT_EQ(explained.decision, decided) << cases::to_file(question);
        EXPECT_EQ(explained.message.empty(), decided.allowed()) << cases::to_file(question);
    });
}

engine::Layer layer_of(PolicyType type) {
    switch (type) {
        case PolicyType::identity:
            return engine::Layer::identity;
        case PolicyType::boundary:
            return engine::Layer::boundary;
        case PolicyType::session:
            return engine::Layer::session;
        case PolicyType::trust:
            return engine::Layer::trust;
        case PolicyType::resource:
            return engine::Layer::resource;
        case PolicyType::scp:
            return engine::Layer::scp;
        case PolicyType::rcp:
            return engine::Layer::rcp;
        case PolicyType::endpoint:
            return engine::Layer::endpoint;
    }
    return engine::Layer::none;
}

// The index finds candidates in its own order; the statement named is the first in the order of the
// documents. The resource side names an Allow of the most generous class, which need not be the first.
TEST(DecisionProperties, TheFirstStatementThatAppliesIsNamed) {
    for_random_cases(6000, [](const cases::Case& question, Choices&) {
        const cases::Prepared prepared(question, now);
        const engine::Explanation explained = engine::explain(prepared.policies(), prepared.request());
        const engine::Decision& decision = explained.decision;
        const bool denies = decision.verdict == engine::Verdict::explicit_deny;
        const bool by_policy = denies || (decision.allowed() && decision.decided_by != engine::Layer::root &&
                                          decision.decided_by != engine::Layer::always);
        ASSERT_EQ(decision.statement.found(), by_policy) << cases::to_file(question);
        if (!by_policy) return;
        std::vector<engine::StatementRef> applied;
        for (const engine::StatementTrace& statement : explained.statements)
            if (statement.applied && layer_of(statement.type) == decision.decided_by &&
                (statement.effect == policy::Effect::deny) == denies)
                applied.push_back(statement.ref);
        const bool first_only = denies || decision.decided_by == engine::Layer::identity;
        ASSERT_FALSE(applied.empty()) << cases::to_file(question);
        if (first_only)
            EXPECT_EQ(decision.statement, applied.front()) << cases::to_file(question);
        else
            EXPECT_NE(std::ranges::find(applied, decision.statement), applied.end())
                << cases::to_file(question);
    });
}

// The answer must not depend on what else the document's neighbours are: a case by itself and in its bundle.
TEST(DecisionProperties, ACaseByItselfIsDecidedAsInItsBundle) {
    for (std::uint64_t seed = 5000; seed < 5000 + bundles && !HasFailure(); ++seed) {
        Choices choices(seed);
        Bundle bundle(choices);
        for (std::uint64_t i = 0; i < cases_per_bundle && !HasFailure(); ++i) {
            const Selection selection = bundle.select(choices);
            const cases::Case question = bundle.case_of(selection);
            EXPECT_EQ(decide(question), bundle.ask(selection).engine) << cases::to_file(question);
        }
    }
}

}  // namespace
}  // namespace writ::differential
