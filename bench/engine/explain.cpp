#include "engine/explain.h"

#include "bench/engine/benchmarks.h"
#include "bench/measure.h"

namespace writ::bench {

void bench_explain(std::span<const Workload> workloads) {
    for (const Workload& workload : workloads) {
        if (workload.name != "W1" && workload.name != "W2") continue;
        const Ready ready(workload);
        print_row("explain/" + workload.name, measure([&](std::size_t) {
                      keep(engine::explain(ready.policies(), ready.request()).statements.size());
                  }));
    }
}

}  // namespace writ::bench
