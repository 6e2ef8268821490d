#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// When a user or role attempted an action last (spec 8.15). No decision depends on it, so it stays out of
/// the feed.
struct ServiceUse {
    std::string account_id;
    std::string principal_id;
    std::string service;  ///< "s3".
    std::string action;   ///< "GetObject".
    Instant used_at{};
    std::string region;

    static constexpr std::string_view table = "service_uses";
    static constexpr Index by_action{
        "service_uses_by_action", true, {"account_id", "principal_id", "service", "action"}};
    static constexpr auto indexes() { return std::array{&by_action}; }
    static constexpr auto columns() {
        return Columns{
            Column{"account_id", &ServiceUse::account_id}, Column{"principal_id", &ServiceUse::principal_id},
            Column{"service", &ServiceUse::service},       Column{"action", &ServiceUse::action},
            Column{"used_at", &ServiceUse::used_at},       Column{"region", &ServiceUse::region}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

/// A line of an access report, frozen when it was made. What is left empty tells what the line is about:
///   service            the service as a whole
///   service, action    one action of it
///   entity             a user or role that the permissions reach
///   service, entity    when that one attempted to access the service
struct ReportedAccess {
    std::string account_id;
    std::string task_id;
    std::string service;
    std::string action;
    std::string entity_id;
    std::string entity_arn;  ///< Of a service or action: who accessed it last.
    std::optional<Instant> used_at;
    std::string region;
    std::int64_t entities = 0;  ///< How many accessed the service.

    static constexpr std::string_view table = "reported_accesses";
    static constexpr Index by_place{
        "reported_accesses_by_place", true, {"account_id", "task_id", "service", "action", "entity_id"}};
    static constexpr auto indexes() { return std::array{&by_place}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &ReportedAccess::account_id},
                       Column{"task_id", &ReportedAccess::task_id},
                       Column{"service", &ReportedAccess::service},
                       Column{"action", &ReportedAccess::action},
                       Column{"entity_id", &ReportedAccess::entity_id},
                       Column{"entity_arn", &ReportedAccess::entity_arn},
                       Column{"used_at", &ReportedAccess::used_at},
                       Column{"region", &ReportedAccess::region},
                       Column{"entities", &ReportedAccess::entities}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
