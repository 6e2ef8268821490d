#pragma once

#include <memory>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "server/configuration.h"

namespace writ::server {

/// The gateway alone, in a process of its own beside running servers: it reads their records from the
/// PostgreSQL database that they share and their keys from the data directory, and changes neither but for
/// what is known of requests: denials that `writ why` explains, dates of last use, the audit trail, recorded
/// use. What a server changes is in force here within a second.
class GatewayProcess {
  public:
    /// Guards when it returns. The error is one sentence or two for whoever starts the program. `clock` and
    /// `random` must outlive it.
    [[nodiscard]] static Result<std::unique_ptr<GatewayProcess>> start(LoadedConfiguration loaded,
                                                                       const Clock& clock,
                                                                       RandomSource& random);
    GatewayProcess(const GatewayProcess&) = delete;
    GatewayProcess& operator=(const GatewayProcess&) = delete;
    ~GatewayProcess();  ///< Stops.

    /// Where clients reach it: "http://127.0.0.1:7700".
    [[nodiscard]] std::string url() const;
    /// Lets what has begun finish, for at most the drain timeout. Calling it again does nothing.
    void stop();

  private:
    struct Parts;
    explicit GatewayProcess(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace writ::server
