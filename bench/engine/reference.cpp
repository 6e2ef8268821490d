#include <chrono>
#include <random>
#include <string>

#include "bench/engine/benchmarks.h"
#include "bench/measure.h"
#include "reference/authorization.h"

namespace writ::bench {

void bench_reference() {
    const auto start = std::chrono::steady_clock::now();
    keep(reference::find_action("s3:GetObject"));
    const double load_ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    print_row("reference/load", load_ms, load_ms, "ms");

    std::vector<std::string> names;
    std::mt19937 random(3);
    const auto services = reference::services();
    while (names.size() < 4096) {
        const auto& service = services[random() % services.size()];
        if (!service.actions.empty()) {
            names.emplace_back(service.actions[random() % service.actions.size()].name);
        }
    }
    print_row("reference/find an action",
              measure([&](std::size_t i) { keep(reference::find_action(names[i & 4095])); }));
}

}  // namespace writ::bench
