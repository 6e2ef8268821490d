#pragma once

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <sys/socket.h>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/body_budget.h"
#include "base/request_ids.h"
#include "gateway/internal/proxy/stream.h"
#include "gateway/proxy.h"

// What the connections of one thread have in common. Included by the files with sockets only.
namespace writ::gateway::internal {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

struct ProxyShared {
    ProxyShared(Proxy::Options chosen, RandomSource& the_random)
        : options(std::move(chosen)), random(the_random), bodies(options.limits.bodies_bytes_max) {}

    const Proxy::Options options;
    RandomSource& random;
    BodyBudget bodies;
    std::atomic<std::size_t> connections{0};
    std::unique_ptr<asio::ssl::context> server_tls;  ///< Null: clients come without TLS.
    std::unordered_map<const Upstream*, std::unique_ptr<asio::ssl::context>>
        client_tls;  ///< Of https:// ones.
};

class Session;

/// Connections to upstreams that wait for their next request. For one thread.
class LinkPool {
  public:
    explicit LinkPool(const ProxyLimits& limits) : limits_(limits) {}

    /// A connection on which nothing has happened since; nothing: there is none.
    [[nodiscard]] std::unique_ptr<Stream> take(const Upstream& upstream) {
        auto& idle = idle_[&upstream];
        while (!idle.empty()) {
            Idle last = std::move(idle.back());
            idle.pop_back();
            if (last.until > Steady::now() && is_quiet(last.stream->socket())) return std::move(last.stream);
        }
        return nullptr;
    }
    void give_back(const Upstream& upstream, std::unique_ptr<Stream> stream) {
        auto& idle = idle_[&upstream];
        if (idle.size() < limits_.upstream_idle_max) {
            idle.push_back({std::move(stream), Steady::now() + limits_.upstream_idle_timeout});
        }
    }
    void drop_old() {
        for (auto& [upstream, idle] : idle_) {
            std::erase_if(idle, [](const Idle& one) { return one.until <= Steady::now(); });
        }
    }
    void clear() { idle_.clear(); }

  private:
    struct Idle {
        std::unique_ptr<Stream> stream;
        Steady::time_point until;
    };
    /// Neither closed nor with bytes that belong to no answer.
    static bool is_quiet(Socket& socket) {
        char byte = 0;
        const auto got = ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }

    const ProxyLimits& limits_;
    std::unordered_map<const Upstream*, std::vector<Idle>> idle_;
};

/// One thread and its connections.
class Worker {
  public:
    explicit Worker(ProxyShared& common);

    void add(Session* session);
    void remove(Session* session);
    void drain();

    asio::io_context context{1};
    ProxyShared& shared;
    RequestIds ids;
    LinkPool links;
    bool draining = false;

  private:
    void sweep_later();
    void sweep();

    asio::executor_work_guard<Executor> keep_running_;
    asio::basic_waitable_timer<Steady, asio::wait_traits<Steady>, Executor> sweep_timer_;
    milliseconds sweep_period_{};
    Steady::time_point drain_deadline_ = Steady::time_point::max();
    std::unordered_set<Session*> sessions_;
};

/// Serves a client's connection until it ends.
void serve(Worker& worker, Socket socket);

}  // namespace writ::gateway::internal
