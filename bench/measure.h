#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string_view>
#include <vector>

namespace writ::bench {

/// Time of one call, in nanoseconds: median and least over batches.
struct Timing {
    double median_ns = 0;
    double least_ns = 0;
};

/// Keeps the optimiser from dropping a result nobody reads.
template <class T>
void keep(const T& value) noexcept {
    asm volatile("" : : "r,m"(value) : "memory");
}

/// Calls `call(i)` in batches of about 1 ms for `duration`, the peers' programs do the same.
template <class Call>
Timing measure(Call&& call, std::chrono::milliseconds duration = std::chrono::milliseconds{600}) {
    using Clock = std::chrono::steady_clock;
    const auto run_batch = [&](std::size_t calls) {
        const auto start = Clock::now();
        for (std::size_t i = 0; i < calls; ++i) call(i);
        return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
    };
    std::size_t calls = 1;
    while (run_batch(calls) < 1e6 && calls < (std::size_t{1} << 24)) calls *= 2;
    std::vector<double> samples;
    const auto begin = Clock::now();
    while (samples.size() < 5 || Clock::now() - begin < duration) {
        samples.push_back(run_batch(calls) / static_cast<double>(calls));
    }
    std::ranges::sort(samples);
    return {samples[samples.size() / 2], samples.front()};
}

inline void print_row(std::string_view name, double median, double least, std::string_view unit) {
    std::printf("%.*s\t%.3f\t%.3f\t%.*s\n", static_cast<int>(name.size()), name.data(), median, least,
                static_cast<int>(unit.size()), unit.data());
    std::fflush(stdout);
}

inline void print_row(std::string_view name, const Timing& timing) {
    print_row(name, timing.median_ns, timing.least_ns, "ns");
}

}  // namespace writ::bench
