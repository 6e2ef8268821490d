#include "bench/directory/surroundings.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "crypto/sigv4_signer.h"
#include "directory/accounts/accounts.h"

namespace writ::bench {
namespace {

directory::Quotas many_users() {
    directory::Quotas quotas;
    quotas.set(directory::Quota::users_per_account, 100'000'000);
    return quotas;
}

}  // namespace

Signer root_user() {
    return {"AKIAWRITBENCHWRITBEN", "writ-bench-writ-bench-writ-bench-writ-be"};
}

Surroundings::Surroundings()
    : ring_{{{1, Instant{}, Secret(std::string(32, 'k'))}}},
      keys_(crypto::SealingKeys::of(ring_)),
      environment_{.clock = clock_, .random = random_, .sealing = keys_, .quotas = many_users()} {}

api::EndpointConfig Surroundings::config() {
    return {.account_id = std::string(account_id),
            .quotas = many_users(),
            .audit = {.events = api::audit::Events::none}};
}

void Surroundings::make_account(store::Store& store) const {
    const Signer root = root_user();
    const directory::KeyPair key{root.access_key_id, Secret(root.secret)};
    auto transaction = store.write();
    if (!transaction || !directory::ensure_account(**transaction, environment_, account_id, &key) ||
        !(*transaction)->commit()) {
        give_up("the account is not made");
    }
}

HttpRequest Surroundings::call(const Signer& signer, std::string_view form) const {
    HttpRequest request;
    request.method = "POST";
    request.target = "/";
    request.headers = {{"Host", "127.0.0.1:7600"},
                       {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
    request.body = std::string(form) + "&Version=2010-05-08";
    request.peer_address = "127.0.0.1";
    request.request_id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    crypto::sign(request, {signer.access_key_id, Secret(signer.secret), ""}, config().region, "iam",
                 clock_.now());
    return request;
}

void give_up(std::string_view why) {
    std::fprintf(stderr, "bench: %.*s\n", static_cast<int>(why.size()), why.data());
    std::exit(1);
}

std::string answer_of(api::Endpoint& endpoint, const HttpRequest& request, int status) {
    api::Answer answer = endpoint.handle(request);
    if (answer.response.status != status) {
        give_up("an answer is " + std::to_string(answer.response.status) + ": " + answer.response.body +
                answer.record.defect);
    }
    return std::move(answer.response.body);
}

}  // namespace writ::bench
