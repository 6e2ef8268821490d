#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "directory/accounts/accounts.h"
#include "server/address.h"
#include "server/configuration.h"

namespace writ::server {

/// Everything that runs: the data directory with its lock, the store, the keys, the APIs on one port, health
/// and metrics on another, the log.
class Server {
  public:
    /// Tells somebody the root key that was made at the first start; it is kept only if this returns true,
    /// and never told again.
    using ShowRootKey = std::function<bool(const directory::KeyPair&)>;

    /// Serves when it returns. The error is one sentence or two for whoever starts the program: what is in
    /// the way and what to do. `clock` and `random` must outlive the server.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(LoadedConfiguration loaded,
                                                               std::string_view version,
                                                               const ShowRootKey& show_root_key,
                                                               const Clock& clock, RandomSource& random);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();  ///< Stops.

    [[nodiscard]] const Address& address() const noexcept;
    /// Null: turned off.
    [[nodiscard]] const Address* metrics_address() const noexcept;

    /// Where the gateway takes requests, "http://127.0.0.1:7700". Nothing: there is none.
    [[nodiscard]] std::optional<std::string> gateway_url() const;

    /// Takes no new requests, answers those that have begun (for at most the drain timeout), writes what was
    /// put off, and returns. /health says "draining" meanwhile. Calling it again does nothing.
    void stop();

  private:
    struct Parts;
    explicit Server(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace writ::server
