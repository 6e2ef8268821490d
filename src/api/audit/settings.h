#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "directory/reports/audit_events.h"

namespace writ::api::audit {

enum class Events : std::uint8_t {
    none,
    write,  ///< Calls that CloudTrail does not call read-only, also when they were denied or failed.
    all,
};

struct Settings {
    Events events = Events::all;
    directory::AuditRetention retention{};
    std::size_t waiting_max = 20'000;  ///< Events that may wait to be written.
};

/// How the trail is doing.
struct State {
    std::size_t waiting = 0;    ///< Events that are not written yet.
    std::uint64_t dropped = 0;  ///< Since the start, for want of room.
    std::string defect;         ///< Why the store refused the last time; empty: it did not.
};

}  // namespace writ::api::audit
