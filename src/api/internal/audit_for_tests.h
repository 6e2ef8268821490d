#pragma once

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "api/internal/world_for_tests.h"
#include "directory/reports/audit_events.h"

namespace writ::api {

/// What is in the store now, without what still waits.
inline std::vector<directory::AuditEvent> kept_events(World& world, const directory::AuditQuery& query = {}) {
    std::vector<directory::AuditEvent> events;
    const auto reader = world.store().read();
    EXPECT_TRUE(reader && directory::find_audit_events(**reader, query, [&](const auto& event) {
                    events.push_back(event);
                    return true;
                }));
    return events;
}

/// The only event of that operation in the trail of that account, as JSON; an empty object when there is
/// none, or more.
inline nlohmann::json event_of(World& world, std::string_view operation,
                               std::string_view account = World::account) {
    world.endpoint().flush();
    std::vector<nlohmann::json> found;
    for (const auto& event : kept_events(world, {.action = std::string(operation)})) {
        if (event.account_id == account) found.push_back(nlohmann::json::parse(event.json));
    }
    EXPECT_EQ(found.size(), 1U) << operation;
    return found.size() == 1 ? found.front() : nlohmann::json::object();
}

}  // namespace writ::api
