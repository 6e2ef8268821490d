#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// Written to disk: never renumber.
enum class TaskKind : std::uint8_t {
    credential_report = 1,
    access_report = 2,  ///< When services were last accessed; its lines are ReportedAccess.
    role_deletion = 3,  ///< Of a service-linked role.
    /// What the accounts of an organization accessed; its lines are ReportedAccess.
    organization_access_report = 4,
};

/// Work that one call asks for and another asks about by its id.
struct Task {
    std::string account_id;
    std::string task_id;
    TaskKind kind = TaskKind::credential_report;
    std::string caller_id;  ///< aws:userid of who asked for it.
    std::string subject;    ///< What it is about: an ARN, or the name of a role.
    Instant made_at{};
    bool by_action = false;  ///< Access reports: tells actions too.
    std::string content;     ///< The finished report.

    static constexpr std::string_view table = "tasks";
    static constexpr Index by_id{"tasks_by_id", true, {"account_id", "task_id"}};
    static constexpr Index by_age{"tasks_by_age", true, {"account_id", "kind", "made_at", "task_id"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_age}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &Task::account_id},
                       Column{"task_id", &Task::task_id},
                       Column{"kind", &Task::kind},
                       Column{"caller_id", &Task::caller_id},
                       Column{"subject", &Task::subject},
                       Column{"made_at", &Task::made_at},
                       Column{"by_action", &Task::by_action},
                       Column{"content", &Task::content}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
