#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "base/http.h"

namespace writ::server {

/// What runs at the moment of a look at /health.
struct Health {
    /// "ok"; "draining" when the server is about to stop; "storeUnavailable" when records cannot be read.
    std::string_view status = "ok";
    std::int64_t revision = 0;
    std::chrono::seconds uptime{};

    [[nodiscard]] bool ok() const noexcept { return status == "ok"; }
};

/// The second port, for whoever runs a Writ: GET /health answers JSON, 200 or 503; GET /metrics is for
/// Prometheus. 404 for other paths, 405 for other methods. Asks for no credentials, tells nothing of users.
/// Safe for concurrent use when its functions are.
class OperationsEndpoint {
  public:
    OperationsEndpoint(std::string version, std::function<Health()> health,
                       std::function<std::string()> metrics_text);

    [[nodiscard]] HttpResponse handle(const HttpRequest& request) const;

  private:
    std::string version_;
    std::function<Health()> health_;
    std::function<std::string()> metrics_text_;
};

}  // namespace writ::server
