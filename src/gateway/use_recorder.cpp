#include "gateway/use_recorder.h"

#include <algorithm>
#include <utility>

namespace writ::gateway {
namespace {

bool was_served(const GuardRecord& record, int status) {
    const bool passed = record.error_code.empty() || record.is_observed;
    return passed && status >= 200 && status < 500 && status != 401 && status != 403;
}

std::vector<directory::UseKey> context_of(const HttpRequest& request, const GuardRecord& record,
                                          const MappedDemand& demand) {
    std::vector<directory::UseKey> context;
    context.reserve(demand.keys.size() + 3);
    for (const RequestKey& key : demand.keys) {
        directory::UseKey& kept = context.emplace_back(key.name, key.values, key.multivalued);
        if (!kept.multivalued) continue;  // A list is a set: its order tells nothing.
        std::ranges::sort(kept.values);
        kept.values.erase(std::ranges::unique(kept.values).begin(), kept.values.end());
    }
    context.push_back({"aws:RequestedRegion", {record.region}});
    context.push_back({"aws:SecureTransport", {request.tls ? "true" : "false"}});
    if (!request.peer_address.empty()) context.push_back({"aws:SourceIp", {request.peer_address}});
    std::ranges::sort(context);
    return context;
}

std::vector<directory::RecordedUse> uses_of(const auto& waiting) {
    std::vector<directory::RecordedUse> uses;
    uses.reserve(waiting.size());
    for (const auto& [use, times] : waiting) {
        uses.push_back({.action = use.action,
                        .resource = use.resource,
                        .resource_account = use.resource_account,
                        .context = use.context,
                        .uses = times.uses,
                        .first_at = times.first_at,
                        .last_at = times.last_at});
    }
    return uses;
}

}  // namespace

void UseRecorder::add(Waiting& waiting, Use use, const Times& times) {
    const auto known = waiting.uses.find(use);
    if (known != waiting.uses.end()) {
        Times& sum = known->second;
        sum.uses += times.uses;
        sum.first_at = std::min(sum.first_at, times.first_at);
        sum.last_at = std::max(sum.last_at, times.last_at);
    } else if (waiting_uses_ < waiting_max) {
        waiting.uses.emplace(std::move(use), times);
        ++waiting_uses_;
    } else {
        waiting.lost += times.uses;
    }
}

void UseRecorder::note(const HttpRequest& request, const GuardRecord& record, int status, Instant now) {
    if (!record.is_use_recorded || record.caller == nullptr || record.caller->subject == nullptr) return;
    if (!was_served(record, status)) return;
    const authz::Subject& subject = *record.caller->subject;
    std::vector<Use> uses;
    uses.reserve(record.demands.size());
    for (const MappedDemand& demand : record.demands) {
        uses.push_back(
            {demand.action, demand.resource, demand.resource_account, context_of(request, record, demand)});
    }
    const std::lock_guard lock(mutex_);
    Waiting& waiting = waiting_[{subject.account, subject.id}];
    for (Use& use : uses) add(waiting, std::move(use), {1, now, now});
}

bool UseRecorder::write(const ByPrincipal& noted) {
    auto transaction = store_.write();
    if (!transaction) return false;
    for (const auto& [whose, waiting] : noted) {
        directory::AccountEdit account(**transaction, whose.first, environment_);
        const auto recorded =
            directory::record_uses(account, whose.second, uses_of(waiting.uses), waiting.lost);
        if (!recorded) return false;
    }
    return (*transaction)->commit().has_value();
}

void UseRecorder::flush() {
    ByPrincipal noted;
    {
        const std::lock_guard lock(mutex_);
        noted.swap(waiting_);
        waiting_uses_ = 0;
    }
    if (noted.empty() || write(noted)) return;
    const std::lock_guard lock(mutex_);
    for (auto& [whose, unwritten] : noted) {
        Waiting& waiting = waiting_[whose];
        waiting.lost += unwritten.lost;
        for (auto& [use, times] : unwritten.uses) add(waiting, use, times);
    }
}

}  // namespace writ::gateway
