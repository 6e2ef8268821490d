#pragma once

#include <functional>

#include "base/result.h"
#include "directory/reports/audit_events.h"
#include "server/configuration.h"

namespace writ::server {

/// Gives the events that fit to `found`, oldest first, as one moment saw them, until it returns false. Also
/// beside a running server, which writes down within a second what changed nothing.
[[nodiscard]] Result<void> read_audit_trail(const Configuration& configuration,
                                            const directory::AuditQuery& query,
                                            const std::function<bool(const directory::AuditEvent&)>& found);

}  // namespace writ::server
