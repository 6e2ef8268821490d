#include "gateway/guard.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

#include "base/text.h"
#include "crypto/sigv4.h"
#include "gateway/denials.h"
#include "gateway/internal/guard/inquiry.h"

namespace writ::gateway {
namespace {

Hosts hosts_of(const GuardConfig& config) {
    Hosts hosts;
    for (const std::string& host : config.s3_hosts) hosts.bases.push_back({host, "s3"});
    const bool has_s3 = std::ranges::any_of(config.upstreams, [](const Upstream& upstream) {
        return std::ranges::find(upstream.services, "s3") != upstream.services.end();
    });
    if (has_s3) hosts.unsigned_service = "s3";  // Hardly anything else is called unsigned.
    return hosts;
}

}  // namespace

Guard::Guard(GuardConfig config, GuardServices services)
    : config_(std::move(config)),
      services_(std::move(services)),
      hosts_(hosts_of(config_)),
      authenticator_(services_.subjects, services_.tokens, services_.clock, config_.partition,
                     {config_.region}),
      authorizer_(services_.subjects) {}
Guard::~Guard() = default;

Judgement Guard::judge(HttpRequest& request, bool is_body_there) {
    const auto inquiry = std::make_shared<internal::Inquiry>(
        internal::GuardParts{config_, services_, hosts_, authenticator_, authorizer_}, request,
        is_body_there);
    Judgement judgement = inquiry->judge();
    auto* wanted = std::get_if<BodyWanted>(&judgement.outcome);
    if (wanted != nullptr && wanted->form == nullptr) {
        wanted->go_on = [inquiry] { return inquiry->judge_with_body(); };
    }
    return judgement;
}

HttpResponse Guard::refuse(const HttpRequest& request, const Error& error) {
    std::string signing_name;
    if (crypto::claims_signature(request)) {
        if (const auto authorization = crypto::parse_authorization(request)) {
            signing_name = authorization->credential.service;
        }
    }
    return print_error(guess_dialect(request, signing_name), error, request);
}

}  // namespace writ::gateway
