#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/http.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "server/address.h"

namespace writ::server {

struct HttpLimits {
    std::size_t header_bytes_max = std::size_t{64} * 1024;
    std::size_t headers_max = 200;
    std::size_t body_bytes_max = 10'000'000;  ///< Spec Q1.
    /// Of all requests under way together, where they have more than 64 KiB each.
    std::size_t bodies_bytes_max = std::size_t{256} * 1024 * 1024;
    std::size_t connections_max = 10'000;               ///< One more is closed at once.
    std::chrono::milliseconds request_timeout{30'000};  ///< From the first byte of a request to its last.
    std::chrono::milliseconds write_timeout{30'000};
    std::chrono::milliseconds idle_timeout{120'000};  ///< Between two requests of a connection.
    std::chrono::milliseconds drain_timeout{10'000};  ///< For what has begun when drain() is called.
};

/// An HTTP/1.1 server: keep-alive, pipelining, limits, graceful drain. Each worker thread owns its
/// connections and calls the handler itself, so that a cheap request never changes threads; a handler that
/// waits (for the disk) holds up the connections of its thread only.
///
/// What is wrong with a request on the level of HTTP is answered here, without a body: 400, 413 above
/// body_bytes_max, 431 above header_bytes_max; then the connection is closed. So it is when the bodies under
/// way would take more than bodies_bytes_max together: `busy` says what is answered then.
class HttpListener {
  public:
    /// Called from every worker thread at once. The listener adds Server, Date, x-amzn-RequestId,
    /// Content-Length and Connection. An exception is a bug: 500 without a body, and `on_defect` hears of it.
    using Handler = std::function<HttpResponse(const HttpRequest&)>;
    using OnDefect = std::function<void(const std::string& what)>;
    /// Told of each request that is answered here with 400, 413, 431, or by `busy`. Called like the handler.
    using OnRefusal = std::function<void(int status, const std::string& peer_address)>;

    struct Options {
        Address address;  ///< Port 0: any free one.
        unsigned threads = 2;
        HttpLimits limits;
        Handler handler;
        OnDefect on_defect;
        OnRefusal on_refusal = [](int, const std::string&) {};
        /// Must not look at the body, of which only a part is there.
        Handler busy = [](const HttpRequest&) {
            return HttpResponse{.status = 503, .headers = {}, .body = {}};
        };
    };
    /// Listens when it returns; the error says why it cannot. `clock` and `random` must outlive it.
    [[nodiscard]] static Result<std::unique_ptr<HttpListener>> start(Options options, const Clock& clock,
                                                                     RandomSource& random);
    HttpListener(const HttpListener&) = delete;
    HttpListener& operator=(const HttpListener&) = delete;
    ~HttpListener();  ///< Drains.

    /// Where it really listens.
    [[nodiscard]] const Address& address() const noexcept;
    [[nodiscard]] std::size_t connections() const noexcept;

    /// Takes no new connection, closes those that wait for a request, lets what has begun finish for
    /// drain_timeout and returns when every thread has ended. Calling it again does nothing.
    void drain();

  private:
    struct Parts;
    explicit HttpListener(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace writ::server
