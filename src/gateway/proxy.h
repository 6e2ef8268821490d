#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "base/http.h"
#include "base/random.h"
#include "base/result.h"
#include "gateway/guard.h"

namespace writ::gateway {

struct ProxyLimits {
    std::size_t header_bytes_max = std::size_t{64} * 1024;  ///< Of a request and of an answer.
    std::size_t headers_max = 200;
    /// Of all bodies together that are read before the decision, where they have more than 64 KiB each.
    std::size_t bodies_bytes_max = std::size_t{256} * 1024 * 1024;
    std::size_t connections_max = 10'000;               ///< Of clients; one more is closed at once.
    std::chrono::milliseconds request_timeout{30'000};  ///< For a head, and for a body before the decision.
    std::chrono::milliseconds stall_timeout{30'000};    ///< For each piece of a body that passes.
    std::chrono::milliseconds connect_timeout{5'000};   ///< To an upstream.
    std::chrono::milliseconds answer_timeout{120'000};  ///< For the head of an upstream's answer.
    std::chrono::milliseconds idle_timeout{120'000};    ///< Between two requests of a client.
    std::chrono::milliseconds upstream_idle_timeout{
        15'000};                                      ///< Of a connection that waits for its next request.
    std::size_t upstream_idle_max = 32;               ///< Such connections, of each upstream and thread.
    std::chrono::milliseconds drain_timeout{10'000};  ///< For what has begun when drain() is called.
};

/// One request that was answered, for the log.
struct Exchange {
    const HttpRequest& request;
    const GuardRecord& record;
    int status = 0;  ///< 0: the client was gone, or the upstream broke off.
    std::chrono::nanoseconds latency{};
};

/// The guarding proxy: an HTTP/1.1 server that passes on what the guard allows, bodies in both directions as
/// they come, in some 512 KiB a connection. A body that turns out to be wrong is broken off before its end.
/// Each thread owns its connections, to clients and to upstreams.
class Proxy {
  public:
    /// Guard::judge, or what stands for it. Called from every thread at once.
    using Judge = std::function<Judgement(HttpRequest& request, bool is_body_there)>;

    struct Options {
        std::string host = "127.0.0.1";
        std::uint16_t port = 0;                          ///< 0: any free one.
        std::string tls_certificate_file, tls_key_file;  ///< PEM; empty: clients come without TLS.
        unsigned threads = 2;
        ProxyLimits limits;
        Judge judge;
        std::span<const Upstream> upstreams;  ///< All that `judge` may name; must outlive the proxy.
        std::function<void(const Exchange&)> on_exchange = [](const Exchange&) {};
        /// Told of an answer of 2xx to what was allowed with an observation, before the client hears of it;
        /// with the body, if the observation asks for it. An error is for the log.
        std::function<Result<void>(const Observation&, const HttpHeaders&, std::string_view body)>
            on_observed =
                [](const Observation&, const HttpHeaders&, std::string_view) { return Result<void>{}; };
        std::function<void(const std::string& what)> on_defect = [](const std::string&) {};
        /// Told of each request that is answered on the level of HTTP: 400, 431, 505.
        std::function<void(int status, const std::string& peer_address)> on_refusal =
            [](int, const std::string&) {};
    };
    /// Listens when it returns; the error says why it cannot. `random` must outlive it.
    [[nodiscard]] static Result<std::unique_ptr<Proxy>> start(Options options, RandomSource& random);
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;
    ~Proxy();  ///< Drains.

    [[nodiscard]] std::uint16_t port() const noexcept;
    [[nodiscard]] std::size_t connections() const noexcept;

    /// Takes no new connection, lets what has begun finish for drain_timeout, and returns when every thread
    /// has ended. Calling it again does nothing.
    void drain();

  private:
    struct Parts;
    explicit Proxy(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace writ::gateway
