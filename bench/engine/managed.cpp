#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <utility>

#include "bench/engine/benchmarks.h"
#include "bench/measure.h"
#include "engine/decide.h"
#include "policy/parse.h"
#include "reference/authorization.h"
#include "reference/managed_policies.h"

namespace writ::bench {
namespace {

constexpr std::size_t actions_asked = 200;
constexpr auto time_each = std::chrono::milliseconds{3};

// Documents of AWS, the longest first.
std::vector<std::string> longest_documents(std::size_t count) {
    std::vector<std::string> documents;
    for (std::size_t i = 0; i < reference::managed_policy_count(); ++i) {
        documents.push_back(reference::managed_policy_document(reference::managed_policy(i)));
    }
    std::ranges::sort(documents, std::ranges::greater{}, &std::string::size);
    documents.resize(count);
    return documents;
}

std::vector<std::string> documents_named(std::initializer_list<std::string_view> names) {
    std::vector<std::string> documents;
    for (const std::string_view name : names) {
        const auto* policy = reference::find_managed_policy("arn:aws:iam::aws:policy/" + std::string(name));
        if (policy == nullptr) std::abort();
        documents.push_back(reference::managed_policy_document(*policy));
    }
    return documents;
}

std::vector<std::string> random_actions() {
    std::vector<std::string> names;
    std::mt19937 random(5);
    const auto services = reference::services();
    while (names.size() < actions_asked) {
        const auto& service = services[random() % services.size()];
        if (service.actions.empty()) continue;
        names.emplace_back(service.actions[random() % service.actions.size()].name);
    }
    return names;
}

std::size_t statement_count(const std::string& text) {
    return policy::parse(text, {.characters_max = text.size()}).value()->statements().size();
}

engine::Principal alice() {
    engine::Principal principal;
    principal.kind = engine::PrincipalKind::user;
    principal.account = "111122223333";
    principal.arn = "arn:aws:iam::111122223333:user/alice";
    return principal;
}

// A principal with these policies asks for every action: the median action, the slowest one.
void time_set(const std::string& name, const std::vector<std::string>& documents) {
    std::size_t statements = 0;
    std::vector<engine::PolicySet::Member> members;
    for (const std::string& text : documents) {
        statements += statement_count(text);
        members.push_back({compile_text(text, policy::PolicyType::identity), {}});
    }
    const engine::PolicySet identity(std::move(members));
    engine::Policies policies;
    policies.identity = &identity;
    const engine::Principal principal = alice();
    const engine::Context context;

    std::vector<double> medians, leasts;
    for (const std::string& action : random_actions()) {
        const std::string resource =
            "arn:aws:" + action.substr(0, action.find(':')) + ":us-east-1:111122223333:thing/orders";
        const engine::Request request(principal, {.action = action, .resource = resource}, context);
        const Timing timing =
            measure([&](std::size_t) { keep(engine::decide(policies, request)); }, time_each);
        medians.push_back(timing.median_ns);
        leasts.push_back(timing.least_ns);
    }
    std::ranges::sort(medians);
    std::ranges::sort(leasts);
    const Timing middle{medians[medians.size() / 2], leasts[leasts.size() / 2]};
    const auto count = static_cast<double>(statements);
    print_row("managed/" + name, middle);
    print_row("managed/" + name + ", a statement", {middle.median_ns / count, middle.least_ns / count});
    print_row("managed/" + name + ", slowest action", {medians.back(), leasts.back()});
}

// From text to a set, and what it keeps.
void time_making(const std::string& name, const std::vector<std::string>& documents) {
    std::vector<engine::PolicySet::Member> members;
    const Timing compiling = measure([&](std::size_t) {
        members.clear();
        for (const std::string& text : documents) {
            members.push_back({compile_text(text, policy::PolicyType::identity), {}});
        }
    });
    const Timing indexing = measure([&](std::size_t) {
        const engine::PolicySet set(members);
        keep(set.index_bytes());
    });
    const auto bytes = static_cast<double>(engine::PolicySet(members).index_bytes());
    print_row("managed/" + name + ", parse and compile", compiling);
    print_row("managed/" + name + ", index", indexing);
    print_row("managed/" + name + ", index bytes", bytes, bytes, "bytes");
}

}  // namespace

void bench_managed() {
    const auto everything = documents_named({"ReadOnlyAccess", "PowerUserAccess", "AdministratorAccess"});
    time_set("ReadOnly + PowerUser + Administrator", everything);
    time_making("ReadOnly + PowerUser + Administrator", everything);
    for (const std::size_t count : {1U, 3U, 10U}) {
        time_set(std::to_string(count) + " longest", longest_documents(count));
    }
    time_making("10 longest", longest_documents(10));
}

}  // namespace writ::bench
