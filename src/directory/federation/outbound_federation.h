#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/web_key.h"
#include "directory/directory.h"

/// The account as an issuer of web identity tokens for services elsewhere (spec B26).
namespace writ::directory {

/// Id of the issuer of the account, enabled or not; nothing when it never was enabled.
[[nodiscard]] Result<std::optional<std::string>> find_issuer(const AccountView& account);
/// The same while it is enabled, else FeatureDisabled 404.
[[nodiscard]] Result<std::string> get_enabled_issuer(const AccountView& account);

/// Returns the id of the issuer: that of before, with its keys, or a new one with keys of its own, which are
/// made beforehand for they take a while. FeatureEnabled 409.
[[nodiscard]] Result<std::string> enable_outbound_federation(AccountEdit& account,
                                                             const std::vector<crypto::WebKeyPair>& new_keys);
/// The issuer and its keys stay. FeatureDisabled 404.
[[nodiscard]] Result<void> disable_outbound_federation(AccountEdit& account);

struct IssuerKey {
    std::string key_id;
    crypto::WebAlgorithm algorithm = crypto::WebAlgorithm::es384;
    std::string public_pem;
};
/// The keys by which tokens of an issuer are verified, also while it is disabled; nothing when there is no
/// such issuer.
[[nodiscard]] Result<std::optional<std::vector<IssuerKey>>> find_issuer_keys(store::Reader& records,
                                                                             std::string_view issuer_id);

}  // namespace writ::directory
