#include "bundle.h"

#include <stdexcept>

#include "alphabet.h"
#include "cases/run.h"
#include "generate.h"
#include "oracle_answer.h"
#include "policy/parse.h"

namespace writ::differential {

using policy::PolicyType;

namespace {

constexpr Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

cases::PolicyText policy_text(Choices& choices, PolicyType type, std::size_t index) {
    const std::string text = generate_document(choices, type);
    auto document = policy::parse(text);
    if (!document) throw std::logic_error("the generator made no policy: " + text);
    cases::PolicyText policy;
    policy.document = std::move(*document);
    policy.source.name = std::to_string(index);
    return policy;
}

}  // namespace

bool Answers::agree() const noexcept {
    return static_cast<int>(engine.verdict) == static_cast<int>(oracle.verdict) &&
           engine::name(engine.decided_by) == oracle.decided_by;
}

// The documents of one policy type that are in force together.
struct Bundle::Set {
    cases::PolicyLevel policies;
    oracle::Documents documents;
    engine::PolicySet compiled;

    Set(cases::PolicyLevel given, PolicyType type)
        : policies(std::move(given)), compiled(compile_all(policies, type)) {
        for (const cases::PolicyText& policy : policies) documents.push_back(policy.document);
    }
    static std::vector<engine::PolicySet::Member> compile_all(const cases::PolicyLevel& policies,
                                                              PolicyType type) {
        std::vector<engine::PolicySet::Member> members;
        for (const cases::PolicyText& policy : policies)
            members.push_back({engine::compile(policy.document, type), policy.source});
        return members;
    }
};

struct Bundle::Question {
    cases::Case question;
    engine::Context context;
    oracle::Question asked;
    bool in_management_account = false;

    explicit Question(cases::Case given)
        : question(std::move(given)),
          context(cases::context_of(question, now)),
          asked(cases::oracle_question(question, now)),
          in_management_account(asked.resource_in_management_account) {}
};

Bundle::Bundle(Choices& choices, BundleSize size) : size_(size) {
    for (std::size_t type = 0; type < sets_.size(); ++type) {
        const auto policy_type = static_cast<PolicyType>(type);
        const bool several = policy_type == PolicyType::identity || policy_type == PolicyType::session ||
                             policy_type == PolicyType::scp || policy_type == PolicyType::rcp;
        sets_[type].reserve(size_.sets);
        for (std::size_t i = 0; i < size_.sets; ++i) {
            const std::uint32_t count = !several || !choices.one_in(3) ? 1 : choices.below(3);
            cases::PolicyLevel level;
            for (std::uint32_t j = 0; j < count; ++j) level.push_back(policy_text(choices, policy_type, j));
            sets_[type].emplace_back(std::move(level), policy_type);
        }
    }
    for (std::size_t i = 0; i < size_.questions; ++i)
        questions_.push_back(std::make_unique<Question>(generate_question(choices)));
}

Bundle::~Bundle() = default;

const Bundle::Sets& Bundle::sets(PolicyType type) const noexcept {
    return sets_[static_cast<std::size_t>(type)];
}

Selection Bundle::select(Choices& choices) const {
    const auto maybe = [&](std::uint32_t one_in) {
        return choices.one_in(one_in) ? std::optional<std::size_t>(choices.below(size_.sets)) : std::nullopt;
    };
    const auto levels = [&]() -> std::optional<std::vector<std::size_t>> {
        if (!choices.one_in(5)) return std::nullopt;
        std::vector<std::size_t> chosen(choices.below(3));
        for (std::size_t& level : chosen) level = choices.below(size_.sets);
        return chosen;
    };
    Selection selection;
    selection.question = choices.below(size_.questions);
    selection.action = choices.of(actions());
    selection.identity = choices.below(size_.sets);
    selection.boundary = maybe(3);
    selection.session = maybe(3);
    selection.resource = choices.one_in(6) ? std::nullopt : maybe(1);
    const bool assumes_role = selection.action.starts_with("sts:");
    selection.trust = assumes_role && !choices.one_in(4) ? maybe(1) : maybe(12);
    selection.endpoint = maybe(5);
    selection.scp = levels();
    selection.rcp = levels();
    selection.scope_down = levels();
    return selection;
}

Answers Bundle::ask(const Selection& selection) {
    Question& question = *questions_[selection.question];
    engine::Policies policies;
    oracle::PolicySets documents;
    const auto put = [&](std::optional<std::size_t> chosen, PolicyType type,
                         const engine::PolicySet*& compiled, std::optional<oracle::Documents>& raw) {
        if (!chosen) return;
        const Set& set = sets(type)[*chosen];
        compiled = &set.compiled;
        raw = set.documents;
    };
    put(selection.identity, PolicyType::identity, policies.identity, documents.identity);
    put(selection.boundary, PolicyType::boundary, policies.boundary, documents.boundary);
    put(selection.session, PolicyType::session, policies.session, documents.session);
    put(selection.resource, PolicyType::resource, policies.resource, documents.resource);
    put(selection.trust, PolicyType::trust, policies.trust, documents.trust);
    put(selection.endpoint, PolicyType::endpoint, policies.endpoint, documents.endpoint);

    std::vector<const engine::PolicySet*> scp, rcp, scope_down;
    const auto put_levels = [&](const std::optional<std::vector<std::size_t>>& chosen, PolicyType type,
                                std::vector<const engine::PolicySet*>& compiled,
                                std::optional<std::span<const engine::PolicySet* const>>& view,
                                std::optional<std::vector<oracle::Documents>>& raw) {
        if (!chosen) return;
        raw.emplace();
        for (const std::size_t level : *chosen) {
            compiled.push_back(&sets(type)[level].compiled);
            raw->push_back(sets(type)[level].documents);
        }
        view = compiled;
    };
    put_levels(selection.scp, PolicyType::scp, scp, policies.scp, documents.scp);
    put_levels(selection.rcp, PolicyType::rcp, rcp, policies.rcp, documents.rcp);
    std::optional<std::span<const engine::PolicySet* const>> scope_down_view;
    std::optional<std::vector<oracle::Documents>> scope_down_documents;
    put_levels(selection.scope_down, PolicyType::session, scope_down, scope_down_view, scope_down_documents);
    policies.scope_down = scope_down;
    if (scope_down_documents) documents.scope_down = std::move(*scope_down_documents);

    const engine::Request request(question.question.caller.principal,
                                  {.action = selection.action,
                                   .resource = question.question.resource,
                                   .resource_account = question.question.resource_account,
                                   .resource_in_management_account = question.in_management_account,
                                   .via_vpc_endpoint = selection.endpoint.has_value()},
                                  question.context);
    question.asked.action = selection.action;
    question.asked.via_endpoint = selection.endpoint.has_value();
    cases::set_service_facts(question.asked);
    return {engine::decide(policies, request), oracle::answer(documents, question.asked)};
}

cases::Case Bundle::case_of(const Selection& selection) const {
    cases::Case result = questions_[selection.question]->question;
    result.action = selection.action;
    const auto single = [&](std::optional<std::size_t> chosen, PolicyType type) {
        return chosen ? std::optional(sets(type)[*chosen].policies.front()) : std::nullopt;
    };
    const auto levels = [&](const std::optional<std::vector<std::size_t>>& chosen, PolicyType type) {
        std::optional<std::vector<cases::PolicyLevel>> policies;
        if (!chosen) return policies;
        policies.emplace();
        for (const std::size_t level : *chosen) policies->push_back(sets(type)[level].policies);
        return policies;
    };
    if (selection.identity)
        result.policies.identity = sets(PolicyType::identity)[*selection.identity].policies;
    if (selection.session) result.policies.session = sets(PolicyType::session)[*selection.session].policies;
    result.policies.boundary = single(selection.boundary, PolicyType::boundary);
    result.policies.resource = single(selection.resource, PolicyType::resource);
    result.policies.trust = single(selection.trust, PolicyType::trust);
    result.policies.endpoint = single(selection.endpoint, PolicyType::endpoint);
    result.policies.scp = levels(selection.scp, PolicyType::scp);
    result.policies.rcp = levels(selection.rcp, PolicyType::rcp);
    result.policies.scope_down = levels(selection.scope_down, PolicyType::session);
    return result;
}

}  // namespace writ::differential
