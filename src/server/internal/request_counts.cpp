#include "server/internal/request_counts.h"

#include <algorithm>

#include "engine/decide.h"
#include "reference/api_model.h"

namespace writ::server::internal {
namespace {

constexpr auto counted_layers =
    std::to_array<engine::Layer>({engine::Layer::identity, engine::Layer::boundary, engine::Layer::session,
                                  engine::Layer::scp, engine::Layer::rcp, engine::Layer::resource,
                                  engine::Layer::trust, engine::Layer::endpoint, engine::Layer::root});
constexpr std::string_view layer_of_defects = "implicit";
constexpr std::string_view layer_unnamed = "none";  // Of what was allowed.

std::size_t shard_of_thread(std::size_t shards) noexcept {
    static std::atomic<std::size_t> next{0};
    thread_local const std::size_t mine = next++;
    return mine % shards;
}

// The number of names when it is none of them.
template <std::size_t size>
std::size_t index_among(const std::array<std::string_view, size>& names, std::string_view name) noexcept {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

std::size_t bucket_of(std::chrono::nanoseconds latency) noexcept {
    const double seconds = std::chrono::duration<double>(latency).count();
    return static_cast<std::size_t>(std::ranges::lower_bound(latency_bounds_s, seconds) -
                                    latency_bounds_s.begin());
}

}  // namespace

Outcome outcome_of(const api::RequestRecord& record, int status) noexcept {
    if (status < 400) return Outcome::success;
    if (status >= 500) return Outcome::failed;
    if (!record.decision.empty() && record.decision != decision_names[0]) return Outcome::denied;
    if (index_among(fault_names, record.error_code) < fault_names.size()) return Outcome::unauthenticated;
    return Outcome::invalid;
}

RequestCounts::RequestCounts() {
    operations_.push_back({"none", "none"});
    for (const reference::ApiService& service : reference::api_services()) {
        first_of_service_.push_back(operations_.size());
        for (const reference::Operation& operation : service.operations)
            operations_.push_back({service.name, operation.name});
    }
    for (const engine::Layer layer : counted_layers) layers_.push_back(engine::name(layer));
    layers_.push_back(layer_of_defects);
    layers_.push_back(layer_unnamed);

    decisions_at_ = operations_.size() * outcome_names.size();
    faults_at_ = decisions_at_ + decision_names.size() * layers_.size();
    latency_at_ = faults_at_ + fault_names.size();
    cells_ = latency_at_ + latency_bounds_s.size() + 1 /* no bound */ + 1 /* sum */;
    for (Cells& shard : shards_) shard = std::make_unique<std::atomic<std::uint64_t>[]>(cells_);
}

void RequestCounts::add(const api::RequestRecord& record, int status,
                        std::chrono::nanoseconds latency) noexcept {
    auto& cells = shards_[shard_of_thread(shards)];
    const auto count = [&](std::size_t cell, std::uint64_t by = 1) {
        cells[cell].fetch_add(by, std::memory_order_relaxed);
    };
    const Outcome outcome = outcome_of(record, status);
    count(operation_of(record) * outcome_names.size() + static_cast<std::size_t>(outcome));
    const auto decision = index_among(decision_names, record.decision);
    if (decision < decision_names.size()) {
        count(decisions_at_ + decision * layers_.size() + layer_of(record.decided_by));
    }
    if (outcome == Outcome::unauthenticated) count(faults_at_ + index_among(fault_names, record.error_code));
    count(latency_at_ + bucket_of(latency));
    count(cells_ - 1, static_cast<std::uint64_t>(latency.count()));
}

std::size_t RequestCounts::operation_of(const api::RequestRecord& record) const noexcept {
    const auto services = reference::api_services();
    for (std::size_t i = 0; i < services.size(); ++i) {
        if (services[i].name != record.service) continue;
        const auto* operation = reference::find_operation(services[i], record.action);
        if (operation == nullptr) return 0;
        return first_of_service_[i] + static_cast<std::size_t>(operation - services[i].operations.data());
    }
    return 0;
}

std::size_t RequestCounts::layer_of(std::string_view name) const noexcept {
    const auto found = std::find(layers_.begin(), layers_.end() - 1, name);
    return static_cast<std::size_t>(found - layers_.begin());
}

std::uint64_t RequestCounts::sum(std::size_t cell) const noexcept {
    std::uint64_t total = 0;
    for (const Cells& shard : shards_) total += shard[cell].load(std::memory_order_relaxed);
    return total;
}

std::uint64_t RequestCounts::requests(std::size_t operation, Outcome outcome) const noexcept {
    return sum(operation * outcome_names.size() + static_cast<std::size_t>(outcome));
}
std::uint64_t RequestCounts::decisions(std::size_t decision, std::size_t layer) const noexcept {
    return sum(decisions_at_ + decision * layers_.size() + layer);
}
std::uint64_t RequestCounts::faults(std::size_t fault) const noexcept {
    return sum(faults_at_ + fault);
}
std::uint64_t RequestCounts::latency_count(std::size_t bucket) const noexcept {
    return sum(latency_at_ + bucket);
}
std::uint64_t RequestCounts::latency_sum_ns() const noexcept {
    return sum(cells_ - 1);
}

}  // namespace writ::server::internal
