#include "engine/decide.h"

#include <cstdlib>

#include "bench/engine/benchmarks.h"
#include "bench/measure.h"

namespace writ::bench {

void bench_decide(std::span<const Workload> workloads) {
    for (const Workload& workload : workloads) {
        const Ready ready(workload);
        // A wrong answer has no time.
        if (engine::decide(ready.policies(), ready.request()).allowed() != workload.expected) {
            std::fprintf(stderr, "bench: %s is decided wrongly\n", workload.name.c_str());
            std::exit(1);
        }
        constexpr std::size_t calls = 1000;
        const std::size_t before = allocations();
        for (std::size_t i = 0; i < calls; ++i) keep(engine::decide(ready.policies(), ready.request()));
        const double each = static_cast<double>(allocations() - before) / calls;
        print_row("decide/" + workload.name,
                  measure([&](std::size_t) { keep(engine::decide(ready.policies(), ready.request())); }));
        print_row("allocations/" + workload.name, each, each, "");
    }
}

}  // namespace writ::bench
