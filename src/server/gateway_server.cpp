#include "server/gateway_server.h"

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

#include "api/authorization_message.h"
#include "api/call.h"
#include "api/denials.h"
#include "api/denied_question.h"
#include "directory/accounts/accounts.h"
#include "gateway/guard.h"
#include "gateway/observed/change_log.h"
#include "server/internal/gateway_notes.h"
#include "server/internal/opened_data.h"

namespace writ::server {
namespace {

gateway::GuardConfig guard_config(const Configuration& configuration) {
    return {.account_id = configuration.account_id,
            .region = configuration.region,
            .partition = internal::partition_of(configuration),
            .s3_hosts = configuration.gateway.s3_hosts,
            .upstreams = configuration.gateway.upstreams,
            .body_bytes_max = configuration.gateway.body_bytes_max};
}

gateway::Proxy::Options proxy_options(const Configuration& configuration) {
    gateway::Proxy::Options options;
    options.host = configuration.gateway.listen->host;
    options.port = configuration.gateway.listen->port;
    options.tls_certificate_file = configuration.gateway.tls_certificate_file;
    options.tls_key_file = configuration.gateway.tls_key_file;
    options.threads = configuration.threads != 0 ? configuration.threads
                                                 : std::max(1U, std::thread::hardware_concurrency());
    options.limits = configuration.gateway.limits;
    options.limits.header_bytes_max = configuration.limits.header_bytes_max;
    options.limits.bodies_bytes_max = configuration.limits.bodies_bytes_max;
    options.limits.connections_max = configuration.limits.connections_max;
    options.limits.request_timeout = configuration.limits.request_timeout;
    options.limits.idle_timeout = configuration.limits.idle_timeout;
    options.limits.drain_timeout = configuration.limits.drain_timeout;
    return options;
}

api::RequestRecord record_of(const gateway::GuardRecord& record) {
    api::RequestRecord told;
    told.service = record.service;
    told.action = record.operation;
    told.account = record.account;
    told.caller_arn = record.caller_arn;
    told.access_key_id = record.access_key_id;
    told.decision = record.decision;
    told.decided_by = record.decided_by;
    told.error_code = record.is_observed ? std::string() : record.error_code;
    if (!record.resource.empty()) told.resource_arns = {record.resource};
    told.defect = record.defect;
    return told;
}

}  // namespace

struct GatewayServer::Parts {
    Parts(const Configuration& chosen, const GatewayServices& given)
        : configuration(chosen),
          services(given),
          at(given.at),
          changes(at.store, at.environment, at.resources),
          notes(chosen, at.store, at.environment, given.log),
          guard(guard_config(chosen),
                {.subjects = at.subjects,
                 .tokens = at.tokens,
                 .clock = at.environment.clock,
                 .where_explained =
                     [this](const auto& caller, const auto& demand, const auto& context, bool encoded) {
                         return where_explained(caller, demand, context, encoded);
                     },
                 .resources = &at.resources,
                 .changes = &changes}) {}

    /// What the sentence of a denial ends in, where there is something.
    std::string where_explained(const authz::Caller& caller, const authz::Demand& demand,
                                const engine::Context& context, bool encoded) {
        if (!encoded && !configuration.denials_kept) return {};
        const auto policies = at.authorizer.policies_in_force(caller, demand);
        if (!policies) return {};
        const Instant now = at.environment.clock.now();
        cases::Case question = api::question_of(caller, demand, context, *policies, now);
        const std::string& account = caller.principal->account;
        if (encoded) {  // Spec N10.
            return ". Encoded authorization failure message: " +
                   api::encode_authorization_message(at.environment.sealing, account,
                                                     api::describe_denial(question), now,
                                                     at.environment.random);
        }
        const std::string id = at.denials.note(account, std::move(question));
        if (id.empty()) return {};
        return ". For complete details run writ why with the following authorization id: " + id;
    }

    /// What is known of a resource is kept for its owner, who may have no principal here.
    Result<void> ensure_owners() {
        for (const gateway::Upstream& upstream : configuration.gateway.upstreams) {
            if (upstream.account.empty()) continue;
            auto transaction = at.store.write();
            if (!transaction) return std::unexpected(directory::to_error(transaction.error()));
            auto made = directory::ensure_owner_account(**transaction, at.environment, upstream.account);
            if (!made) return made;
            const auto committed = (*transaction)->commit();
            if (!committed) return std::unexpected(directory::to_error(committed.error()));
        }
        return {};
    }

    Result<void> listen() {
        gateway::Proxy::Options options = proxy_options(configuration);
        options.judge = [this](HttpRequest& request, bool is_body_there) {
            return guard.judge(request, is_body_there);
        };
        options.upstreams = configuration.gateway.upstreams;
        options.on_exchange = [this](const gateway::Exchange& exchange) { tell(exchange); };
        options.on_observed = [this](const gateway::Observation& observation, const HttpHeaders& headers,
                                     std::string_view body) -> Result<void> {
            const auto seen = observation.changes(headers, body);
            if (!seen) return std::unexpected(seen.error());
            return changes.apply(*seen);
        };
        options.on_defect = [this](const std::string& what) {
            services.log.event(LogLevel::error, "defect", {{"what", what}});
        };
        options.on_refusal = [this](int status, const std::string& peer_address) {
            services.metrics.refusal(status);
            services.log.event(LogLevel::info, "refused",
                               {{"source_address", peer_address}, {"status", std::to_string(status)}});
        };
        auto started = gateway::Proxy::start(std::move(options), at.environment.random);
        if (!started) return std::unexpected(started.error());
        proxy = std::move(*started);
        address = {configuration.gateway.listen->host, proxy->port()};
        return {};
    }

    void tell(const gateway::Exchange& exchange) {
        const api::RequestRecord record = record_of(exchange.record);
        services.metrics.request(record, exchange.status, exchange.latency);
        services.log.request(exchange.request, record, exchange.status, exchange.latency);
        notes.note(exchange);
        if (exchange.record.is_change_missed) services.metrics.missed_change();
        if (!exchange.record.is_observed) return;
        services.log.event(LogLevel::warning, "would_be_denied",
                           {{"request_id", exchange.request.request_id},
                            {"caller", exchange.record.caller_arn},
                            {"action", exchange.record.action},
                            {"resource", exchange.record.resource},
                            {"error_code", exchange.record.error_code},
                            {"message", exchange.record.error_message}});
    }

    const Configuration& configuration;
    const GatewayServices services;
    api::Surroundings& at;
    gateway::ChangeLog changes;
    internal::GatewayNotes notes;
    gateway::Guard guard;
    Address address;
    std::unique_ptr<gateway::Proxy> proxy;
};

GatewayServer::GatewayServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
GatewayServer::~GatewayServer() {
    drain();
}

Result<std::unique_ptr<GatewayServer>> GatewayServer::start(const Configuration& configuration,
                                                            const GatewayServices& services) {
    auto parts = std::make_unique<Parts>(configuration, services);
    if (auto kept = parts->ensure_owners(); !kept) return std::unexpected(kept.error());
    if (auto listening = parts->listen(); !listening) return std::unexpected(listening.error());
    return std::unique_ptr<GatewayServer>(new GatewayServer(std::move(parts)));
}

std::string GatewayServer::url() const {
    const bool has_tls = !parts_->configuration.gateway.tls_certificate_file.empty();
    return (has_tls ? "https://" : "http://") + parts_->address.text();
}
void GatewayServer::flush() {
    parts_->changes.retry();
    parts_->at.denials.flush();
    parts_->notes.flush();
}
void GatewayServer::drain() {
    if (parts_->proxy) parts_->proxy->drain();
    flush();
}
api::audit::State GatewayServer::audit_state() const {
    return parts_->notes.audit_state();
}

}  // namespace writ::server
