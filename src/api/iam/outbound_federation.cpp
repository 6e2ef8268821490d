#include "directory/federation/outbound_federation.h"

#include "api/discovery.h"
#include "api/iam/answers.h"
#include "api/iam/handlers.h"

namespace writ::api::iam {
namespace {

Output issuer_shape(const Call& call, std::string_view issuer_id) {
    Output output;
    output.set("IssuerIdentifier", issuer_url(call.at.config, call.http, issuer_id));
    return output;
}

std::vector<crypto::WebKeyPair> new_keys() {
    std::vector<crypto::WebKeyPair> keys;
    for (const auto algorithm : {crypto::WebAlgorithm::rs256, crypto::WebAlgorithm::es384}) {
        keys.push_back(crypto::make_web_key(algorithm));
    }
    return keys;
}

}  // namespace

Result<Completion> enable_outbound_federation(const View& account, const Call& call) {
    const auto issuer = directory::find_issuer(account);
    if (!issuer) return std::unexpected(issuer.error());
    // Shared, for a completion is copied and may be tried again.
    const auto keys = std::make_shared<const std::vector<crypto::WebKeyPair>>(
        issuer->has_value() ? std::vector<crypto::WebKeyPair>{} : new_keys());
    return [keys, &call](Edit& edit) -> Result<Output> {
        const auto enabled = directory::enable_outbound_federation(edit, *keys);
        if (!enabled) return std::unexpected(enabled.error());
        return issuer_shape(call, *enabled);
    };
}

Result<Output> disable_outbound_federation(Edit& account, const Call&) {
    return done(directory::disable_outbound_federation(account));
}

Result<Output> get_outbound_federation_info(const View& account, const Call& call) {
    const auto issuer = directory::get_enabled_issuer(account);
    if (!issuer) return std::unexpected(issuer.error());
    Output output = issuer_shape(call, *issuer);
    output.set("JwtVendingEnabled", true);
    return output;
}

}  // namespace writ::api::iam
