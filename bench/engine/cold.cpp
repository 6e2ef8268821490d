#include <algorithm>
#include <chrono>
#include <random>
#include <string>

#include "bench/engine/benchmarks.h"
#include "bench/measure.h"
#include "engine/decide.h"

namespace writ::bench {
namespace {

constexpr std::size_t principals = 100'000;
constexpr std::size_t managed_policies = 2'000;
constexpr std::size_t attached = 10;
constexpr std::size_t statements_each = 6;

std::string managed_policy(std::size_t number) {
    std::string text = R"({"Version":"2012-10-17","Statement":[)";
    for (std::size_t s = 0; s < statements_each; ++s) {
        const std::string id = std::to_string(number * statements_each + s);
        if (s > 0) text += ',';
        text += R"({"Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:Query"],"Resource":)"
                R"("arn:aws:dynamodb:us-east-1:111122223333:table/proj-)" +
                id + R"(-*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"billing"}}})";
    }
    return text + "]}";
}

}  // namespace

void bench_cold() {
    std::vector<engine::CompiledDocumentPtr> documents;
    for (std::size_t i = 0; i < managed_policies; ++i) {
        documents.push_back(compile_text(managed_policy(i), policy::PolicyType::identity));
    }
    std::mt19937_64 random(11);
    std::vector<engine::PolicySet> sets;
    sets.reserve(principals);
    std::size_t index_bytes = 0;
    for (std::size_t i = 0; i < principals; ++i) {
        std::vector<engine::PolicySet::Member> members;
        for (std::size_t k = 0; k < attached; ++k) {
            members.push_back({documents[random() % documents.size()], {}});
        }
        sets.emplace_back(std::move(members));
        index_bytes += sets.back().index_bytes();
    }
    engine::Principal principal;
    principal.kind = engine::PrincipalKind::user;
    principal.account = "111122223333";
    principal.arn = "arn:aws:iam::111122223333:user/alice";
    engine::Context context;
    context.set("aws:PrincipalTag/team", "billing");

    std::vector<double> times_ns;
    double warm_ns = 0;
    for (std::size_t i = 0; i < 50'000; ++i) {
        const std::string resource = "arn:aws:dynamodb:us-east-1:111122223333:table/proj-" +
                                     std::to_string(random() % (managed_policies * statements_each)) + "-x";
        const engine::Request request(principal, {.action = "dynamodb:GetItem", .resource = resource},
                                      context);
        engine::Policies policies;
        policies.identity = &sets[random() % sets.size()];
        const auto start = std::chrono::steady_clock::now();
        keep(engine::decide(policies, request));
        times_ns.push_back(
            std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count());
        if (i == 0) {
            warm_ns = measure([&](std::size_t) { keep(engine::decide(policies, request)); }).median_ns;
        }
    }
    std::ranges::sort(times_ns);
    const auto at = [&](double share) {
        return times_ns[static_cast<std::size_t>(share * static_cast<double>(times_ns.size() - 1))];
    };
    print_row("cold/warm median", warm_ns, warm_ns, "ns");
    print_row("cold/p50", at(0.5), at(0.5), "ns");
    print_row("cold/p99", at(0.99), at(0.99), "ns");
    const double bytes = static_cast<double>(index_bytes) / principals;
    print_row("cold/bytes a principal", bytes, bytes, "bytes");
}

}  // namespace writ::bench
