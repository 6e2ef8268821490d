// endpoint_bench: what one GetCallerIdentity costs without sockets: the API's share of `writ serve`, in time
// and in allocations, and what its event in the audit trail adds.
#include "api/endpoint.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <string>

#include "bench/engine/benchmarks.h"
#include "bench/measure.h"
#include "crypto/sealing.h"
#include "crypto/sigv4_signer.h"
#include "directory/accounts/accounts.h"
#include "store/store.h"
#include "store/temporary_store.h"

namespace {

using namespace writ;
using namespace writ::bench;

constexpr std::string_view key_id = "AKIAXVJ2QWERTZUIOPAS";
constexpr std::string_view secret = "wJalrXUtnFEMI0K7MDENG0bPxRfiCYEXAMPLEKEY";

[[noreturn]] void give_up(const char* why) {
    std::fprintf(stderr, "bench: %s\n", why);
    std::exit(1);
}

void make_root(store::Store& store, const directory::Environment& environment) {
    auto transaction = store.write();
    const directory::KeyPair chosen{std::string(key_id), Secret(secret)};
    if (!transaction ||
        !directory::ensure_account(**transaction, environment, api::EndpointConfig{}.account_id, &chosen) ||
        !(*transaction)->commit()) {
        give_up("the account is not made");
    }
}

HttpRequest caller_identity_request(Instant now) {
    HttpRequest request;
    request.method = "POST";
    request.target = "/";
    request.headers = {{"Host", "127.0.0.1:7600"},
                       {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
    request.body = "Action=GetCallerIdentity&Version=2011-06-15";
    request.peer_address = "127.0.0.1";
    request.request_id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    crypto::sign(request, {std::string(key_id), Secret(secret), ""}, "us-east-1", "sts", now);
    return request;
}

}  // namespace

int main() {
    const SystemClock clock;
    SystemRandom random;
    const std::array<crypto::RingKey, 1> ring{{{1, clock.now(), Secret(std::string(32, 'k'))}}};
    const crypto::SealingKeys keys = crypto::SealingKeys::of(ring);
    const store::TemporaryStore store;
    make_root(*store, {.clock = clock, .random = random, .sealing = keys, .quotas = {}});

    const HttpRequest request = caller_identity_request(clock.now());
    const auto call_on = [&](api::Endpoint& endpoint) {
        const api::Answer answer = endpoint.handle(request);
        if (answer.response.status != 200) give_up(answer.record.error_code.c_str());
    };
    const api::EndpointServices services{clock, random, *store, keys};
    {
        api::Endpoint endpoint({.audit = {.events = api::audit::Events::none}}, services);
        print_row("api/GetCallerIdentity in process, without its event",
                  measure([&](std::size_t) { call_on(endpoint); }));
    }
    // With room for every event: they are written when the calls are measured.
    api::Endpoint endpoint({.audit = {.waiting_max = 10'000'000}}, services);
    print_row("api/GetCallerIdentity in process", measure([&](std::size_t) { call_on(endpoint); }));
    constexpr std::size_t calls = 1'000;
    const std::size_t before = allocations();
    for (std::size_t i = 0; i < calls; ++i) call_on(endpoint);
    const double each = static_cast<double>(allocations() - before) / calls;
    print_row("api/allocations of GetCallerIdentity", each, each, "");

    const auto events = static_cast<double>(endpoint.audit_state().waiting);
    const auto began = std::chrono::steady_clock::now();
    endpoint.flush();
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - began;
    if (endpoint.audit_state().waiting != 0) give_up("the events are not written");
    print_row("api/event of a read, written in batches to SQLite", took.count() / events,
              took.count() / events, "ns");
    return 0;
}
