#include "engine/internal/action_table.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace writ::engine {
namespace {

using Kind = ActionPattern::Kind;
using Run = ActionTable::Run;

bool has_hash(const ActionPattern& pattern) noexcept {
    return pattern.kind == Kind::exact || pattern.kind == Kind::service;
}

std::size_t count_runs(std::span<const ActionPattern> sorted) noexcept {
    std::size_t count = sorted.empty() ? 0 : 1;
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (sorted[i].hash != sorted[i - 1].hash) ++count;
    }
    return count;
}

void insert(std::span<Run> runs, const Run& run) noexcept {
    const std::size_t mask = runs.size() - 1;
    std::size_t at = run.hash & mask;
    while (runs[at].count != 0) at = (at + 1) & mask;
    runs[at] = run;
}

bool matches_any(std::span<const ActionPattern> patterns, const Request& request) noexcept {
    return std::ranges::any_of(patterns,
                               [&](const ActionPattern& pattern) { return matches(pattern, request); });
}

std::span<const ActionPattern> find(const ActionTable& table, std::uint64_t hash) noexcept {
    const std::size_t mask = table.runs.size() - 1;
    std::size_t at = hash & mask;
    while (table.runs[at].count != 0 && table.runs[at].hash != hash) at = (at + 1) & mask;
    return table.patterns.subspan(table.runs[at].first, table.runs[at].count);
}

}  // namespace

ActionTable make_action_table(std::span<ActionPattern> patterns, Arena& arena) {
    const auto hashed = std::ranges::partition(patterns, std::not_fn(has_hash));
    std::ranges::sort(hashed, {}, &ActionPattern::hash);
    ActionTable table;
    table.anywhere = patterns.first(patterns.size() - hashed.size());
    table.patterns = patterns.last(hashed.size());

    // At most three quarters full: there is always a free place at which a search ends.
    const std::span<Run> runs = arena.make<Run>(std::bit_ceil(count_runs(table.patterns) * 4 / 3 + 1));
    for (std::size_t at = 0; at < hashed.size();) {
        const std::size_t first = at;
        while (at < hashed.size() && table.patterns[at].hash == table.patterns[first].hash) ++at;
        insert(runs, {table.patterns[first].hash, static_cast<std::uint32_t>(first),
                      static_cast<std::uint32_t>(at - first)});
    }
    table.runs = runs;
    return table;
}

bool matches_any(const ActionTable& table, const Request& request) noexcept {
    return matches_any(find(table, request.action_hash()), request) ||
           matches_any(find(table, request.service_hash()), request) || matches_any(table.anywhere, request);
}

}  // namespace writ::engine
