#include "directory/federation/outbound_federation.h"

#include <utility>

#include "base/text.h"
#include "directory/internal/failures.h"
#include "directory/internal/new_ids.h"
#include "store/records.h"

namespace writ::directory {
namespace {

using store::OutboundFederation;
using store::OutboundKey;

Result<std::optional<OutboundFederation>> find_federation(const AccountView& account) {
    return result_of(
        account.records.find<OutboundFederation>(OutboundFederation::by_account, {account.account_id}));
}

std::unexpected<Error> feature_disabled() {
    return fail("FeatureDisabled", 404,
                "Outbound identity federation is not enabled for the account.");  // [I] for the text.
}

Result<OutboundFederation> enabled_federation(const AccountView& account) {
    auto found = find_federation(account);
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found || !(*found)->enabled) return feature_disabled();
    return std::move(**found);
}

Result<void> insert_key(AccountEdit& account, const crypto::WebKeyPair& pair) {
    OutboundKey key{.account_id = account.account_id,
                    .key_id = new_uuid(account),
                    .algorithm = static_cast<std::int64_t>(pair.algorithm),
                    .public_key = pair.public_pem,
                    .sealed_private_key = {},
                    .created_at = account.environment.clock.now()};
    const std::string sealed =
        account.environment.sealing.seal_secret(pair.private_pem, key.key_id, account.environment.random);
    const auto bytes = as_bytes(sealed);
    key.sealed_private_key.assign(bytes.begin(), bytes.end());
    return result_of(account.writes.insert(key));
}

}  // namespace

Result<std::optional<std::string>> find_issuer(const AccountView& account) {
    const auto found = find_federation(account);
    if (!found) return std::unexpected(found.error());
    return found->has_value() ? std::optional((*found)->issuer_id) : std::nullopt;
}

Result<std::string> get_enabled_issuer(const AccountView& account) {
    auto federation = enabled_federation(account);
    if (!federation) return std::unexpected(std::move(federation.error()));
    return std::move(federation->issuer_id);
}

Result<std::string> enable_outbound_federation(AccountEdit& account,
                                               const std::vector<crypto::WebKeyPair>& new_keys) {
    auto found = find_federation(account);
    if (!found) return std::unexpected(std::move(found.error()));
    if (std::optional<OutboundFederation>& before = *found; before.has_value()) {
        if (before->enabled) {
            return fail("FeatureEnabled", 409,
                        "Outbound identity federation is already enabled for the account.");  // [I]
        }
        before->enabled = true;
        if (auto updated = result_of(account.writes.update(*before)); !updated) {
            return std::unexpected(std::move(updated.error()));
        }
        return std::move(before->issuer_id);
    }
    const OutboundFederation federation{.account_id = account.account_id,
                                        .issuer_id = new_uuid(account),
                                        .enabled = true,
                                        .created_at = account.environment.clock.now()};
    auto done = result_of(account.writes.insert(federation));
    for (const crypto::WebKeyPair& pair : new_keys) {
        if (done) done = insert_key(account, pair);
    }
    if (!done) return std::unexpected(std::move(done.error()));
    return federation.issuer_id;
}

Result<void> disable_outbound_federation(AccountEdit& account) {
    auto federation = enabled_federation(account);
    if (!federation) return std::unexpected(std::move(federation.error()));
    federation->enabled = false;
    return result_of(account.writes.update(*federation));
}

Result<std::optional<std::vector<IssuerKey>>> find_issuer_keys(store::Reader& records,
                                                               std::string_view issuer_id) {
    const auto federation = records.find<OutboundFederation>(OutboundFederation::by_issuer, {issuer_id});
    if (!federation) return std::unexpected(to_error(federation.error()));
    if (!*federation) return std::nullopt;
    auto rows = records.list<OutboundKey>(OutboundKey::by_id, {.equal = {(*federation)->account_id}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    std::vector<IssuerKey> keys;
    for (OutboundKey& row : *rows) {
        keys.push_back({.key_id = std::move(row.key_id),
                        .algorithm = static_cast<crypto::WebAlgorithm>(row.algorithm),
                        .public_pem = std::move(row.public_key)});
    }
    return keys;
}

}  // namespace writ::directory
