#include "server/internal/gateway_notes.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "api/audit/data_events.h"
#include "base/arn.h"
#include "base/partition.h"
#include "reference/authorization.h"

namespace writ::server::internal {
namespace {

using gateway::GuardRecord;
using gateway::MappedDemand;

bool only_reads(const MappedDemand& demand) {
    const auto* action = reference::find_action(demand.action);
    using enum reference::AccessLevel;
    return action != nullptr && (action->access_level == read || action->access_level == list);
}

/// What is not understood may have changed something.
bool is_read_only(const GuardRecord& record) {
    return !record.demands.empty() && std::ranges::all_of(record.demands, only_reads);
}

/// Each once, without the "*" of actions that have none.
std::vector<std::string> resources_of(const GuardRecord& record) {
    std::vector<std::string> resources;
    for (const MappedDemand& demand : record.demands) {
        const bool is_known = std::ranges::find(resources, demand.resource) != resources.end();
        const bool is_one_line = !demand.resource.contains('\n');
        if (!is_known && is_one_line && parse_arn(demand.resource)) resources.push_back(demand.resource);
    }
    return resources;
}

/// Nothing in its code: the call succeeded.
Error error_of(const gateway::Exchange& exchange) {
    const GuardRecord& record = exchange.record;
    if (!record.error_code.empty() && !record.is_observed) {
        return {record.error_code, exchange.status, record.error_message};
    }
    if (exchange.status == 0) return {"ConnectionClosed", 0, "The answer did not reach the client."};
    if (exchange.status < 400) return {"", exchange.status, ""};
    return {std::to_string(exchange.status), exchange.status, "The service refused the request."};
}

}  // namespace

GatewayNotes::GatewayNotes(const Configuration& configuration, store::Store& store,
                           const directory::Environment& environment, Log& log)
    : environment_(environment),
      log_(log),
      last_uses_(store, environment, configuration.region),
      trail_(store, environment, configuration.audit,
             {configuration.region, partition_of_name(environment.partition).global_region}),
      uses_(store, environment),
      trail_keeper_([this](const std::stop_token& stop) { keep_trail(stop); }) {}

GatewayNotes::~GatewayNotes() {
    trail_keeper_ = {};
    flush();
    trail_.flush();
}

void GatewayNotes::note(const gateway::Exchange& exchange) {
    const GuardRecord& record = exchange.record;
    if (record.caller == nullptr || record.caller->principal->account.empty()) return;
    const Instant now = environment_.clock.now();
    note_last_uses(record, now);
    uses_.note(exchange.request, record, exchange.status, now);
    note_event(exchange, now);
}

void GatewayNotes::note_last_uses(const GuardRecord& record, Instant now) {
    if (!record.service.empty()) last_uses_.note(*record.caller, record.service, now, record.region);
    for (const MappedDemand& demand : record.demands) {
        const auto* action = reference::find_action(demand.action);
        if (action != nullptr) last_uses_.note_action(*record.caller, action->name, now, record.region);
    }
}

void GatewayNotes::note_event(const gateway::Exchange& exchange, Instant now) {
    const GuardRecord& record = exchange.record;
    if (record.operation.empty() || !trail_.wants(is_read_only(record))) return;
    std::vector<std::string> resources = resources_of(record);
    api::audit::AuditedCall event(api::audit::GuardedCall{.service = record.service,
                                                          .operation = record.operation,
                                                          .api_version = record.api_version,
                                                          .region = record.region,
                                                          .is_read_only = is_read_only(record),
                                                          .is_data_event = api::audit::is_data_event(
                                                              record.service, record.operation, resources)},
                                  *record.caller, exchange.request, now);
    event.resource_arns = std::move(resources);
    if (const Error error = error_of(exchange); !error.code.empty()) event.failed(error);
    trail_.note(std::move(event));
}

void GatewayNotes::keep_trail(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        try {
            trail_.run(stop);
        } catch (const std::exception&) {  // Out of memory.
            std::this_thread::sleep_for(std::chrono::seconds(1));
        }
    }
}

void GatewayNotes::flush() {
    last_uses_.flush();
    uses_.flush();
    look_after_trail();
}

// Nothing is lost silently.
void GatewayNotes::look_after_trail() {
    const api::audit::State now = trail_.state();
    const std::lock_guard lock(telling_);
    if (now.dropped > told_.dropped) {
        log_.event(LogLevel::error, "audit",
                   {{"what", "events of the gateway were dropped: too many were waiting to be written"},
                    {"events", std::to_string(now.dropped - told_.dropped)}});
    }
    if (now.defect != told_.defect && !now.defect.empty()) {
        log_.event(LogLevel::error, "audit",
                   {{"what", "events of the gateway cannot be written: " + now.defect},
                    {"waiting", std::to_string(now.waiting)}});
    }
    told_ = now;
}

}  // namespace writ::server::internal
