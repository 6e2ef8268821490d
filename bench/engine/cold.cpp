#include <algorithm>
#include <chrono>
#include <cstdlib>
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

engine::Principal alice() {
    engine::Principal principal;
    principal.kind = engine::PrincipalKind::user;
    principal.account = "111122223333";
    principal.arn = "arn:aws:iam::111122223333:user/alice";
    return principal;
}

/// A principal, and a table that one of its statements allows.
struct Question {
    const engine::PolicySet* identity = nullptr;
    std::string resource;
};

class Population {
  public:
    Population() {
        for (std::size_t i = 0; i < managed_policies; ++i) {
            documents_.push_back(compile_text(managed_policy(i), policy::PolicyType::identity));
        }
        sets_.reserve(principals);
        for (std::size_t i = 0; i < principals; ++i) {
            std::vector<engine::PolicySet::Member> members;
            attached_.push_back(random_() % documents_.size());
            members.push_back({documents_[attached_.back()], {}});
            while (members.size() < attached)
                members.push_back({documents_[random_() % documents_.size()], {}});
            sets_.emplace_back(std::move(members));
            index_bytes_ += sets_.back().index_bytes();
        }
    }
    Question ask() {
        const std::size_t principal = random_() % principals;
        const std::size_t statement = attached_[principal] * statements_each + random_() % statements_each;
        return {&sets_[principal], "arn:aws:dynamodb:us-east-1:111122223333:table/proj-" +
                                       std::to_string(statement) + "-orders"};
    }
    [[nodiscard]] double bytes_a_principal() const { return static_cast<double>(index_bytes_) / principals; }

  private:
    std::mt19937_64 random_{11};
    std::vector<engine::CompiledDocumentPtr> documents_;
    std::vector<std::size_t> attached_;  ///< One policy of each principal.
    std::vector<engine::PolicySet> sets_;
    std::size_t index_bytes_ = 0;
};

}  // namespace

void bench_cold() {
    Population population;
    const engine::Principal principal = alice();
    engine::Context context;
    context.set("aws:PrincipalTag/team", "billing");
    const auto with = [&](const Question& question, const auto& call) {
        const engine::Request request(principal,
                                      {.action = "dynamodb:GetItem", .resource = question.resource}, context);
        engine::Policies policies;
        policies.identity = question.identity;
        return call(policies, request);
    };
    const auto at = [](std::vector<double>& values, double share) {
        std::ranges::sort(values);
        return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    };

    std::vector<double> warm_ns;
    for (int i = 0; i < 50; ++i) {
        warm_ns.push_back(with(population.ask(), [](const auto& policies, const auto& request) {
            return measure([&](std::size_t) { keep(engine::decide(policies, request)); },
                           std::chrono::milliseconds{5})
                .median_ns;
        }));
    }
    std::vector<double> cold_ns;
    for (int i = 0; i < 50'000; ++i) {
        cold_ns.push_back(with(population.ask(), [](const auto& policies, const auto& request) {
            const auto start = std::chrono::steady_clock::now();
            const bool allowed = engine::decide(policies, request).allowed();
            const auto end = std::chrono::steady_clock::now();
            if (!allowed) std::abort();
            return std::chrono::duration<double, std::nano>(end - start).count();
        }));
    }
    const double warm = at(warm_ns, 0.5), p50 = at(cold_ns, 0.5), p99 = at(cold_ns, 0.99);
    print_row("cold/warm median", warm, warm, "ns");
    print_row("cold/p50", p50, p50, "ns");
    print_row("cold/p99", p99, p99, "ns");
    print_row("cold/bytes a principal", population.bytes_a_principal(), population.bytes_a_principal(),
              "bytes");
}

}  // namespace writ::bench
