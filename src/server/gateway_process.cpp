#include "server/gateway_process.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "api/call.h"
#include "crypto/sealing.h"
#include "server/gateway_server.h"
#include "server/internal/endpoint_config.h"
#include "server/internal/opened_data.h"
#include "server/log.h"
#include "server/metrics.h"

namespace writ::server {
namespace {

constexpr std::chrono::seconds flush_period{1};
constexpr int flushes_between_key_checks = 10;

Result<void> check(const Configuration& configuration) {
    if (!configuration.gateway.listen) {
        return fail("InvalidInput", 400, "Say where the gateway is to listen: --gateway-listen HOST:PORT.");
    }
    if (configuration.postgresql_address.empty()) {
        return fail(
            "InvalidInput", 400,
            "Records in SQLite are kept by one process, the one that serves: start the gateway there, with "
            "writ serve --gateway-listen HOST:PORT. A gateway of its own needs --database postgresql://….");
    }
    return {};
}

}  // namespace

struct GatewayProcess::Parts {
    Parts(Configuration chosen, std::unique_ptr<Log> opened_log, std::unique_ptr<store::Store> opened_store,
          crypto::SealingKeys opened_keys, const Clock& time, RandomSource& randomness)
        : configuration(std::move(chosen)),
          clock(time),
          random(randomness),
          log(std::move(opened_log)),
          keys(std::move(opened_keys)),
          store(std::move(opened_store)),
          at(internal::endpoint_config(configuration), {clock, random, *store, keys}),
          metrics("", std::chrono::floor<std::chrono::seconds>(time.now())) {}

    void keep_house(const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        for (int round = 1; !stop.stop_requested(); ++round) {
            never.wait_for(lock, stop, flush_period, [] { return false; });
            gateway->flush();
            if (round % flushes_between_key_checks == 0) look_after_keys();
        }
    }

    // Takes what a server, or `writ keys rotate`, has added.
    void look_after_keys() {
        auto now = internal::open_present_keys(configuration, clock, random);
        if (!now) {
            log->event(LogLevel::error, "keys", {{"what", now.error().message}});
        } else if (now->newest_id() > keys.newest_id()) {
            keys = std::move(*now);
        }
    }

    void stop() {
        if (stopped.exchange(true) || gateway == nullptr) return;
        gateway->drain();
        keeper = {};
        log->event(LogLevel::info, "stopped");
        log->flush();
    }

    const Configuration configuration;
    const Clock& clock;
    RandomSource& random;
    std::atomic<bool> stopped{false};
    // What stands below lives on what stands above.
    std::unique_ptr<Log> log;
    crypto::SealingKeys keys;
    std::unique_ptr<store::Store> store;
    api::Surroundings at;
    Metrics metrics;
    std::unique_ptr<GatewayServer> gateway;
    std::jthread keeper;
};

GatewayProcess::GatewayProcess(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
GatewayProcess::~GatewayProcess() {
    stop();
}

Result<std::unique_ptr<GatewayProcess>> GatewayProcess::start(LoadedConfiguration loaded, const Clock& clock,
                                                              RandomSource& random) {
    const Configuration& configuration = loaded.configuration;
    if (auto possible = check(configuration); !possible) return std::unexpected(possible.error());
    auto log = Log::open(configuration.log, clock);
    if (!log) return internal::advise(log.error(), "Choose another file with --log-file FILE.");
    auto store = internal::open_store(configuration);
    if (!store) return std::unexpected(store.error());
    auto keys = internal::open_present_keys(configuration, clock, random);
    if (!keys) return std::unexpected(keys.error());

    auto parts = std::make_unique<Parts>(std::move(loaded.configuration), std::move(*log), std::move(*store),
                                         std::move(*keys), clock, random);
    auto gateway = GatewayServer::start(parts->configuration, {parts->at, *parts->log, parts->metrics});
    if (!gateway) {
        return internal::advise(gateway.error(), "Choose another with --gateway-listen HOST:PORT.");
    }
    parts->gateway = std::move(*gateway);
    parts->keeper =
        std::jthread([house = parts.get()](const std::stop_token& stop) { house->keep_house(stop); });
    for (const std::string& warning : loaded.warnings)
        parts->log->event(LogLevel::warning, "configuration", {{"warning", warning}});
    parts->log->event(LogLevel::info, "started", {{"gateway", parts->gateway->url()}});
    return std::unique_ptr<GatewayProcess>(new GatewayProcess(std::move(parts)));
}

std::string GatewayProcess::url() const {
    return parts_->gateway->url();
}
void GatewayProcess::stop() {
    parts_->stop();
}

}  // namespace writ::server
