#pragma once

#include <span>

#include "bench/workload.h"

/// The rows of engine_bench, a file a question.
namespace writ::bench {

void bench_decide(std::span<const Workload> workloads);
void bench_explain(std::span<const Workload> workloads);
/// From JSON text to a set that can be decided with, a statement.
void bench_compile(std::span<const Workload> workloads);
/// 10,000 statements whose resource patterns begin with '*': no index helps; time a candidate.
void bench_leading_wildcard();
/// 100,000 principals, a random one with a random resource each time: p50, p99, bytes a principal.
void bench_cold();
/// A user with AWS managed policies, of thousands of actions each, asks for 200 actions.
void bench_managed();
/// The worst documents that anybody may send: time to the located error.
void bench_bad_input();
/// Looking up an action, once the tables are loaded, and loading them.
void bench_reference();

/// Allocations of the calling program so far (operator new).
[[nodiscard]] std::size_t allocations() noexcept;

}  // namespace writ::bench
