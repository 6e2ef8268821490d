#pragma once

#include <mutex>
#include <stop_token>
#include <thread>

#include "api/audit/trail.h"
#include "api/last_uses.h"
#include "gateway/proxy.h"
#include "gateway/use_recorder.h"
#include "server/configuration.h"
#include "server/log.h"

namespace writ::server::internal {

/// What is kept of the requests to guarded services: dates of last use, events of the audit trail, and what
/// each principal uses. Noting happens beside the requests, in memory; flush() writes, and a thread of its
/// own the trail. Safe for concurrent use.
class GatewayNotes {
  public:
    /// All must outlive it.
    GatewayNotes(const Configuration& configuration, store::Store& store,
                 const directory::Environment& environment, Log& log);
    GatewayNotes(const GatewayNotes&) = delete;
    GatewayNotes& operator=(const GatewayNotes&) = delete;
    ~GatewayNotes();  ///< Writes what was noted.

    void note(const gateway::Exchange& exchange);
    void flush();
    [[nodiscard]] api::audit::State audit_state() const { return trail_.state(); }

  private:
    void note_last_uses(const gateway::GuardRecord& record, Instant now);
    void note_event(const gateway::Exchange& exchange, Instant now);
    void keep_trail(const std::stop_token& stop);
    void look_after_trail();

    const directory::Environment& environment_;
    Log& log_;
    api::LastUses last_uses_;
    api::audit::Trail trail_;
    gateway::UseRecorder uses_;
    std::mutex telling_;
    api::audit::State told_;  ///< Guarded by telling_.
    std::jthread trail_keeper_;
};

}  // namespace writ::server::internal
