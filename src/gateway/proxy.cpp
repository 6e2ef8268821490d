#include "gateway/proxy.h"

#include <boost/asio/post.hpp>
#include <fmt/format.h>
#include <thread>
#include <utility>

#include "gateway/internal/proxy/session.h"
#include "gateway/internal/proxy/tls.h"

// The listener and its threads.
namespace writ::gateway {
namespace internal {

Worker::Worker(ProxyShared& common)
    : shared(common),
      ids(common.random),
      links(common.options.limits),
      keep_running_(context.get_executor()),
      sweep_timer_(context.get_executor()) {
    const ProxyLimits& limits = common.options.limits;
    const milliseconds least = std::min({limits.request_timeout, limits.stall_timeout, limits.connect_timeout,
                                         limits.answer_timeout, limits.idle_timeout});
    sweep_period_ = std::clamp(least / 4, milliseconds{10}, milliseconds{1'000});
}

void Worker::add(Session* session) {
    if (sessions_.empty()) sweep_later();
    sessions_.insert(session);
}

void Worker::remove(Session* session) {
    sessions_.erase(session);
    if (sessions_.empty()) sweep_timer_.cancel();
}

// One timer for all connections instead of one for each read and write.
void Worker::sweep_later() {
    sweep_timer_.expires_after(sweep_period_);
    sweep_timer_.async_wait([this](Code code) {
        if (code) return;
        sweep();
        if (!sessions_.empty()) sweep_later();
    });
}

void Worker::sweep() {
    const Steady::time_point now = Steady::now();
    links.drop_old();
    for (Session* session : sessions_) {
        if (now >= drain_deadline_) {
            session->close();
        } else if (now >= session->deadline()) {
            session->expire();
        }
    }
}

void Worker::drain() {
    draining = true;
    drain_deadline_ = Steady::now() + shared.options.limits.drain_timeout;
    for (Session* session : sessions_) {
        if (session->waits_for_request()) session->close();
    }
    links.clear();
    keep_running_.reset();
}

}  // namespace internal

namespace {

using namespace internal;

constexpr milliseconds accept_pause{100};  // When there is no descriptor left for another connection.

std::vector<std::unique_ptr<Worker>> make_workers(ProxyShared& shared) {
    std::vector<std::unique_ptr<Worker>> workers(std::max(1U, shared.options.threads));
    for (auto& worker : workers) worker = std::make_unique<Worker>(shared);
    return workers;
}

std::unexpected<Error> refuse_to_listen(const Proxy::Options& options, const Code& code) {
    return fail(
        "InvalidInput", 400,
        fmt::format("The gateway cannot listen on {}:{}: {}.", options.host, options.port, code.message()));
}

}  // namespace

struct Proxy::Parts {
    Parts(Options options, RandomSource& random)
        : shared(std::move(options), random), workers(make_workers(shared)) {}

    Result<void> listen() {
        asio::io_context context;
        tcp::resolver resolver(context);
        Code code;
        const Options& options = shared.options;
        const auto found =
            resolver.resolve(options.host, std::to_string(options.port), tcp::resolver::passive, code);
        if (code || found.empty()) return refuse_to_listen(options, code);
        const tcp::endpoint endpoint = found.begin()->endpoint();
        const auto check = [&](auto&& step) {
            if (!code) step();
        };
        check([&] { acceptor.open(endpoint.protocol(), code); });
        check([&] { acceptor.set_option(tcp::acceptor::reuse_address(true), code); });
        check([&] { acceptor.bind(endpoint, code); });
        check([&] { acceptor.listen(asio::socket_base::max_listen_connections, code); });
        if (code) return refuse_to_listen(options, code);
        port = acceptor.local_endpoint(code).port();
        return {};
    }

    Result<void> prepare_tls() {
        if (!shared.options.tls_certificate_file.empty()) {
            auto made = make_server_tls(shared.options.tls_certificate_file, shared.options.tls_key_file);
            if (!made) return std::unexpected(made.error());
            shared.server_tls = std::move(*made);
        }
        for (const Upstream& upstream : shared.options.upstreams) {
            if (!upstream.tls) continue;
            auto made = make_client_tls(upstream);
            if (!made) return std::unexpected(made.error());
            shared.client_tls.emplace(&upstream, std::move(*made));
        }
        return {};
    }

    // Connections go to the workers in turn.
    void accept() {
        Worker& worker = *workers[next_worker++ % workers.size()];
        acceptor.async_accept(worker.context, [this, &worker](Code code, Socket socket) {
            if (code == asio::error::operation_aborted || !acceptor.is_open()) return;
            if (code) return accept_after_pause();
            if (shared.connections < shared.options.limits.connections_max) {
                asio::post(worker.context, [&worker, socket = std::move(socket)]() mutable {
                    if (!worker.draining) serve(worker, std::move(socket));
                });
            }
            accept();
        });
    }
    void accept_after_pause() {
        pause.expires_after(accept_pause);
        pause.async_wait([this](Code code) {
            if (!code) accept();
        });
    }

    void run() {
        accept();
        for (auto& worker : workers) threads.emplace_back([&worker = *worker] { worker.context.run(); });
    }

    void drain() {
        if (threads.empty()) return;
        asio::post(workers.front()->context, [this] {
            Code ignored;
            acceptor.close(ignored);
            pause.cancel();
        });
        for (auto& worker : workers) {
            asio::post(worker->context, [&worker = *worker] { worker.drain(); });
        }
        threads.clear();  // Joins.
    }

    ProxyShared shared;
    std::vector<std::unique_ptr<Worker>> workers;
    tcp::acceptor acceptor{workers.front()->context};
    asio::steady_timer pause{workers.front()->context};
    std::uint16_t port = 0;
    std::size_t next_worker = 0;
    std::vector<std::jthread> threads;
};

Proxy::Proxy(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Proxy::~Proxy() {
    drain();
}

Result<std::unique_ptr<Proxy>> Proxy::start(Options options, RandomSource& random) {
    auto parts = std::make_unique<Parts>(std::move(options), random);
    if (const auto ready = parts->prepare_tls(); !ready) return std::unexpected(ready.error());
    if (const auto listening = parts->listen(); !listening) return std::unexpected(listening.error());
    parts->run();
    return std::unique_ptr<Proxy>(new Proxy(std::move(parts)));
}

std::uint16_t Proxy::port() const noexcept {
    return parts_->port;
}
std::size_t Proxy::connections() const noexcept {
    return parts_->shared.connections;
}
void Proxy::drain() {
    parts_->drain();
}

}  // namespace writ::gateway
