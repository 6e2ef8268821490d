#include <string>

#include "bench/engine/benchmarks.h"
#include "bench/measure.h"
#include "engine/decide.h"

namespace writ::bench {

void bench_leading_wildcard() {
    constexpr std::size_t candidates = 10'000;
    std::string text = R"({"Version":"2012-10-17","Statement":[)";
    for (std::size_t i = 0; i < candidates; ++i) {
        if (i > 0) text += ',';
        text +=
            R"({"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"arn:aws:dynamodb:us-east-1:111122223333:*/proj-)" +
            std::to_string(i) + R"(/index/*"})";
    }
    text += "]}";
    std::vector<engine::PolicySet::Member> members;
    members.push_back({compile_text(text, policy::PolicyType::identity), {}});
    const engine::PolicySet identity(std::move(members));
    engine::Policies policies;
    policies.identity = &identity;

    engine::Principal principal;
    principal.kind = engine::PrincipalKind::user;
    principal.account = "111122223333";
    principal.arn = "arn:aws:iam::111122223333:user/alice";
    const engine::Context context;
    const engine::Request request(
        principal,
        {.action = "dynamodb:GetItem",
         .resource = "arn:aws:dynamodb:us-east-1:111122223333:table/project-orders-2026/index/by-owner"},
        context);
    const Timing whole = measure([&](std::size_t) { keep(engine::decide(policies, request)); });
    print_row("decide/leading-wildcard, a candidate",
              {whole.median_ns / candidates, whole.least_ns / candidates});
}

}  // namespace writ::bench
