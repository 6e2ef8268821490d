#pragma once

#include <memory>
#include <string>

#include "api/audit/settings.h"
#include "base/result.h"
#include "server/address.h"
#include "server/configuration.h"
#include "server/log.h"
#include "server/metrics.h"

namespace writ::api {
struct Surroundings;
}

namespace writ::server {

/// What the gateway lives on; all must outlive it and be safe for concurrent use.
struct GatewayServices {
    api::Surroundings& at;  ///< Who may do what, kept current by the change feed of the store.
    Log& log;
    Metrics& metrics;
};

/// The gateway of the configuration: the guard, what it learns, and the proxy in front of the services.
class GatewayServer {
  public:
    /// Listens when it returns; the error says why it cannot. `configuration` must outlive it.
    /// REQUIRES: configuration.gateway.listen.
    [[nodiscard]] static Result<std::unique_ptr<GatewayServer>> start(const Configuration& configuration,
                                                                      const GatewayServices& services);
    GatewayServer(const GatewayServer&) = delete;
    GatewayServer& operator=(const GatewayServer&) = delete;
    ~GatewayServer();  ///< Drains.

    /// Where clients reach it: "http://127.0.0.1:7700".
    [[nodiscard]] std::string url() const;
    /// Writes what was put off: denials that can be explained, dates of last use, what principals use, and
    /// changes of resources that failed. Call it now and then, from any thread.
    void flush();
    /// Of the events of guarded services.
    [[nodiscard]] api::audit::State audit_state() const;
    void drain();

  private:
    struct Parts;
    explicit GatewayServer(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace writ::server
