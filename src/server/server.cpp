#include "server/server.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <fmt/format.h>
#include <mutex>
#include <thread>
#include <utility>

#include "api/endpoint.h"
#include "crypto/sealing.h"
#include "questions/endpoint.h"
#include "server/gateway_server.h"
#include "server/http_listener.h"
#include "server/internal/data_directory.h"
#include "server/internal/endpoint_config.h"
#include "server/internal/opened_data.h"
#include "server/key_rotation.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/operations_endpoint.h"

namespace writ::server {
namespace {

using Steady = std::chrono::steady_clock;

// How soon a running server uses the key that `writ keys rotate` has added.
constexpr std::chrono::seconds key_check_period{10};

}  // namespace

struct Server::Parts {
    Parts(Configuration chosen, internal::DataDirectory opened, std::unique_ptr<Log> opened_log,
          std::unique_ptr<store::Store> opened_store, crypto::SealingKeys opened_keys,
          std::string_view version, const Clock& time, RandomSource& randomness)
        : configuration(std::move(chosen)),
          clock(time),
          random(randomness),
          started(time.now()),
          directory(std::move(opened)),
          log(std::move(opened_log)),
          keys(std::move(opened_keys)),
          store(std::move(opened_store)),
          metrics(version, std::chrono::floor<std::chrono::seconds>(time.now())),
          operations(std::string(version), [this] { return health(); }, [this] { return metrics_text(); }) {}

    // The account and its root user; see ensure_account.
    Result<void> prepare_account(const ShowRootKey& show_root_key) {
        auto transaction = store->write();
        if (!transaction) return internal::refuse_store(configuration, transaction.error());
        const directory::Environment environment =
            internal::environment_of(configuration, clock, random, keys);
        auto prepared = internal::prepare_account(**transaction, configuration, environment, show_root_key);
        if (!prepared) return prepared;
        if (auto done = (*transaction)->commit(); !done) {
            return internal::refuse_store(configuration, done.error());
        }
        return {};
    }

    void make_endpoint() {
        endpoint = std::make_unique<api::Endpoint>(internal::endpoint_config(configuration),
                                                   api::EndpointServices{clock, random, *store, keys});
        authorization_apis = std::make_unique<questions::Endpoint>(configuration.questions, *endpoint);
        keeper = std::jthread([this](const std::stop_token& stop) { keep_house(stop); });
        audit_keeper =
            std::jthread([this](const std::stop_token& stop) { endpoint->keep_audit_trail(stop); });
    }

    Result<std::unique_ptr<HttpListener>> listen(const Address& address, unsigned threads,
                                                 HttpListener::Handler handler) {
        HttpListener::Options options;
        options.address = address;
        options.threads = threads;
        options.limits = configuration.limits;
        options.handler = std::move(handler);
        options.on_defect = [this](const std::string& what) {
            log->event(LogLevel::error, "defect", {{"what", what}});
        };
        options.on_refusal = [this](int status, const std::string& peer_address) {
            metrics.refusal(status);
            log->event(LogLevel::info, "refused",
                       {{"source_address", peer_address}, {"status", std::to_string(status)}});
        };
        options.busy = api::Endpoint::refuse_for_now;
        return HttpListener::start(std::move(options), clock, random);
    }

    Result<void> listen_everywhere() {
        const unsigned threads = configuration.threads != 0
                                     ? configuration.threads
                                     : std::max(1U, std::thread::hardware_concurrency());
        auto started_listener = listen(configuration.listen, threads,
                                       [this](const HttpRequest& request) { return answer(request); });
        if (!started_listener) {
            return internal::advise(started_listener.error(),
                                    "Choose another with --listen HOST:PORT; port 0 takes a free one.");
        }
        listener = std::move(*started_listener);
        if (auto done = start_gateway(); !done) return done;
        if (!configuration.metrics_listen) return {};
        started_listener = listen(*configuration.metrics_listen, 1,
                                  [this](const HttpRequest& request) { return operations.handle(request); });
        if (!started_listener) {
            return internal::advise(
                started_listener.error(),
                "Choose another for health and metrics with --metrics-listen HOST:PORT, or "
                "--metrics-listen off.");
        }
        operations_listener = std::move(*started_listener);
        return {};
    }

    Result<void> start_gateway() {
        if (!configuration.gateway.listen) return {};
        auto started_gateway = GatewayServer::start(configuration, {endpoint->surroundings(), *log, metrics});
        if (!started_gateway) {
            return internal::advise(started_gateway.error(),
                                    "Choose another with --gateway-listen HOST:PORT.");
        }
        gateway = std::move(*started_gateway);
        has_gateway = true;
        return {};
    }

    HttpResponse answer(const HttpRequest& request) {
        const auto began = Steady::now();
        api::Answer answered = questions::Endpoint::serves(request.target)
                                   ? authorization_apis->handle(request)
                                   : endpoint->handle(request);
        const auto latency = std::chrono::duration_cast<std::chrono::nanoseconds>(Steady::now() - began);
        metrics.request(answered.record, answered.response.status, latency);
        log->request(request, answered.record, answered.response.status, latency);
        return std::move(answered.response);
    }

    [[nodiscard]] Health health() const {
        Health now{.revision = store->revision(),
                   .uptime = std::chrono::floor<std::chrono::seconds>(clock.now() - started)};
        if (stopping)
            now.status = "draining";
        else if (!store->read())
            now.status = "storeUnavailable";
        return now;
    }

    [[nodiscard]] std::string metrics_text() const {
        return metrics.text({.connections = [this] { return listener->connections(); },
                             .store_revision = [this] { return store->revision(); },
                             .log_lines_dropped = [this] { return log->dropped(); },
                             .audit = [this] { return audit_state(); }});
    }

    // Of the APIs and of the gateway together.
    [[nodiscard]] api::audit::State audit_state() const {
        api::audit::State state = endpoint->audit_state();
        if (!has_gateway) return state;
        const api::audit::State guarded = gateway->audit_state();
        state.waiting += guarded.waiting;
        state.dropped += guarded.dropped;
        if (state.defect.empty()) state.defect = guarded.defect;
        return state;
    }

    // What is done beside the requests: warming up, then putting away what was put off and looking after the
    // keys.
    void keep_house(const std::stop_token& stop) {
        constexpr std::chrono::seconds pause{1};
        endpoint->warm_up();
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        auto keys_looked_at = Steady::now();
        while (!stop.stop_requested()) {
            never.wait_for(lock, stop, pause, [] { return false; });
            endpoint->flush();
            if (has_gateway) gateway->flush();
            look_after_audit();
            if (Steady::now() - keys_looked_at < key_check_period) continue;
            keys_looked_at = Steady::now();
            look_after_keys();
        }
    }

    // Takes what `writ keys rotate` has added, and adds a key when it is time. Requests under way finish with
    // the keys that they began with; nothing waits.
    void look_after_keys() {
        auto ring = rotate_keys_older_than(configuration.rotate_keys_after, directory.keys(), clock, random);
        if (!ring) {
            log->event(LogLevel::error, "keys", {{"what", ring.error().message}});
            return;
        }
        const std::string id = std::to_string(ring->newest_id());
        if (ring->newest_id() <= keys.newest_id()) return;
        keys = std::move(*ring);
        log->event(LogLevel::info, "keys", {{"what", "a new key seals"}, {"key", id}});
    }

    // Nothing is lost silently.
    void look_after_audit() {
        const api::audit::State now = endpoint->audit_state();
        if (now.dropped > audit_told.dropped) {
            log->event(LogLevel::error, "audit",
                       {{"what", "events were dropped: too many were waiting to be written"},
                        {"events", std::to_string(now.dropped - audit_told.dropped)}});
        }
        if (now.defect != audit_told.defect && !now.defect.empty()) {
            log->event(LogLevel::error, "audit",
                       {{"what", "events cannot be written: " + now.defect},
                        {"waiting", std::to_string(now.waiting)}});
        }
        audit_told = now;
    }

    void tell_start(std::string_view version, const std::vector<std::string>& warnings) {
        for (const std::string& warning : warnings)
            log->event(LogLevel::warning, "configuration", {{"warning", warning}});
        const std::string metrics_address =
            operations_listener ? operations_listener->address().text() : "off";
        log->event(LogLevel::info, "started",
                   {{"version", version},
                    {"listen", listener->address().text()},
                    {"metrics_listen", metrics_address},
                    {"gateway", gateway ? gateway->url() : "off"},
                    {"data", directory.path().string()},
                    {"database", configuration.postgresql_address.empty() ? "sqlite" : "postgresql"},
                    {"account", configuration.account_id},
                    {"region", configuration.region}});
    }

    void stop() {
        if (stopping.exchange(true) || listener == nullptr) return;
        log->event(LogLevel::info, "stopping");
        listener->drain();
        if (gateway) gateway->drain();
        if (operations_listener) operations_listener->drain();
        keeper = {};
        audit_keeper = {};
        endpoint->flush();
        look_after_audit();
        if (audit_told.waiting > 0) {
            log->event(LogLevel::error, "audit",
                       {{"what", "events are lost: they could not be written before the end"},
                        {"events", std::to_string(audit_told.waiting)}});
        }
        log->event(LogLevel::info, "stopped");
        log->flush();
    }

    const Configuration configuration;
    const Clock& clock;
    RandomSource& random;
    const Instant started;
    std::atomic<bool> stopping{false};
    // What stands below lives on what stands above.
    internal::DataDirectory directory;
    std::unique_ptr<Log> log;
    crypto::SealingKeys keys;
    std::unique_ptr<store::Store> store;
    Metrics metrics;
    OperationsEndpoint operations;
    std::unique_ptr<api::Endpoint> endpoint;
    std::unique_ptr<GatewayServer> gateway;
    std::atomic<bool> has_gateway{false};  // For the keeper, which runs before it is there.
    std::unique_ptr<questions::Endpoint> authorization_apis;
    api::audit::State audit_told;  // Of the keeper's thread, and of stop() when that has ended.
    std::jthread keeper;
    std::jthread audit_keeper;
    std::unique_ptr<HttpListener> listener;
    std::unique_ptr<HttpListener> operations_listener;
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() {
    stop();
}

Result<std::unique_ptr<Server>> Server::start(LoadedConfiguration loaded, std::string_view version,
                                              const ShowRootKey& show_root_key, const Clock& clock,
                                              RandomSource& random) {
    // Before anything is made on disk.
    if (const auto chosen = internal::chosen_root_key(loaded.configuration); chosen != nullptr) {
        if (auto valid = directory::check_key_pair(*chosen); !valid) return std::unexpected(valid.error());
    }
    auto log = Log::open(loaded.configuration.log, clock);
    if (!log) return internal::advise(log.error(), "Choose another file with --log-file FILE.");
    auto directory = internal::DataDirectory::open(loaded.configuration.data);
    if (!directory) return std::unexpected(directory.error());
    auto store = internal::open_store(loaded.configuration);
    if (!store) return std::unexpected(store.error());
    auto keys =
        internal::open_keys(*directory, **store, loaded.configuration.rotate_keys_after, clock, random);
    if (!keys) return std::unexpected(keys.error());

    auto parts =
        std::make_unique<Parts>(std::move(loaded.configuration), std::move(*directory), std::move(*log),
                                std::move(*store), std::move(*keys), version, clock, random);
    if (auto done = parts->prepare_account(show_root_key); !done) return std::unexpected(done.error());
    parts->make_endpoint();
    if (auto done = parts->listen_everywhere(); !done) return std::unexpected(done.error());
    parts->tell_start(version, loaded.warnings);
    return std::unique_ptr<Server>(new Server(std::move(parts)));
}

const Address& Server::address() const noexcept {
    return parts_->listener->address();
}
const Address* Server::metrics_address() const noexcept {
    return parts_->operations_listener ? &parts_->operations_listener->address() : nullptr;
}
std::optional<std::string> Server::gateway_url() const {
    return parts_->gateway ? std::optional(parts_->gateway->url()) : std::nullopt;
}
void Server::stop() {
    parts_->stop();
}

}  // namespace writ::server
