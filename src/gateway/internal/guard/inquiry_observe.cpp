#include <utility>

#include "gateway/internal/guard/inquiry.h"
#include "gateway/observed/change_log.h"

// What an inquiry knows from requests that passed before, and what it leaves for those that follow.
namespace writ::gateway::internal {

std::optional<StoredFacts> Inquiry::facts_about(const MappingPlace& place) const {
    const GuardServices& services = parts_.services;
    if (services.resources == nullptr) return std::nullopt;
    return StoredFacts(*services.resources, services.subjects, services.changes, place);
}

/// REQUIRES: services with a log of changes.
Inquiry::Step Inquiry::observe(Parameters parameters) {
    const GuardServices& services = parts_.services;
    if (services.changes->is_full()) {
        Error error{"ServiceUnavailable", 503, "What the request changes cannot be written down now."};
        return std::unexpected(Refusal{std::move(error)});
    }
    const MappingPlace place{parts_.config.partition, region_, owner(), nullptr};
    const auto facts = facts_about(place);
    ObservedRequest request{.service = recognized_->service,
                            .operation = recognized_->operation,
                            .parameters = std::move(parameters),
                            .partition = parts_.config.partition,
                            .region = region_,
                            .account = owner(),
                            .caller_account = caller_ ? caller_->principal->account : std::string(),
                            .creators_own_buckets = upstream_->creators_own_buckets,
                            .known = services.resources,
                            .facts = facts ? &*facts : nullptr};
    for (const MappedDemand& demand : demands_) {
        request.resources.push_back({demand.resource, demand.resource_account});
    }
    auto observed = gateway::observe(std::move(request));
    if (!observed) return std::unexpected(Refusal{std::move(observed.error())});
    observation_ = std::move(*observed);
    return {};
}

}  // namespace writ::gateway::internal
