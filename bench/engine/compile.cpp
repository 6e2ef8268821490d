#include "bench/engine/benchmarks.h"
#include "bench/measure.h"

namespace writ::bench {

void bench_compile(std::span<const Workload> workloads) {
    for (const Workload& workload : workloads) {
        if (workload.statements < 50 || workload.statements > 1000) continue;
        const auto text_to_set = [&](std::size_t) {
            std::vector<engine::PolicySet::Member> members;
            members.reserve(workload.identity_texts.size());
            for (const std::string& text : workload.identity_texts) {
                members.push_back({compile_text(text, policy::PolicyType::identity), {}});
            }
            const engine::PolicySet set(std::move(members));
            keep(set.index_bytes());
        };
        const Timing whole = measure(text_to_set);
        const auto each = static_cast<double>(workload.statements);
        print_row("compile/" + workload.name, {whole.median_ns / each, whole.least_ns / each});
    }
}

}  // namespace writ::bench
