// engine_bench WORKLOAD.json…: how long the engine takes for each question of bench/workloads.py.
#include <vector>

#include "bench/engine/benchmarks.h"
#include "bench/unit.h"

int main(int argc, char** argv) {
    using namespace writ::bench;
    std::vector<Workload> workloads;
    for (int i = 1; i < argc; ++i) workloads.push_back(read_workload(argv[i]));
    print_row("unit", measure_unit());
    bench_reference();
    bench_decide(workloads);
    bench_leading_wildcard();
    bench_managed();
    bench_explain(workloads);
    bench_compile(workloads);
    bench_bad_input();
    print_row("unit", measure_unit());
    bench_cold();
    return 0;
}
