#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// An account as an issuer of web identity tokens (spec B26). Once made it stays, with its keys: tokens may
/// still have to be verified. No decision depends on it, so it stays out of the feed.
struct OutboundFederation {
    std::string account_id;
    std::string issuer_id;  ///< A UUID, the last part of the issuer's URL.
    bool enabled = false;
    Instant created_at{};

    static constexpr std::string_view table = "outbound_federations";
    static constexpr Index by_account{"outbound_federations_by_account", true, {"account_id"}};
    static constexpr Index by_issuer{"outbound_federations_by_issuer", true, {"issuer_id"}};
    static constexpr auto indexes() { return std::array{&by_account, &by_issuer}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &OutboundFederation::account_id},
                       Column{"issuer_id", &OutboundFederation::issuer_id},
                       Column{"enabled", &OutboundFederation::enabled},
                       Column{"created_at", &OutboundFederation::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

/// A key that signs the tokens of an issuer.
struct OutboundKey {
    std::string account_id;
    std::string key_id;
    std::int64_t algorithm = 0;  ///< crypto::WebAlgorithm.
    std::string public_key;      ///< PEM.
    Bytes sealed_private_key;    ///< Opens with the key ring only, for this key id only.
    Instant created_at{};

    static constexpr std::string_view table = "outbound_keys";
    static constexpr Index by_id{"outbound_keys_by_id", true, {"account_id", "key_id"}};
    static constexpr auto indexes() { return std::array{&by_id}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &OutboundKey::account_id},
                       Column{"key_id", &OutboundKey::key_id},
                       Column{"algorithm", &OutboundKey::algorithm},
                       Column{"public_key", &OutboundKey::public_key},
                       Column{"sealed_private_key", &OutboundKey::sealed_private_key},
                       Column{"created_at", &OutboundKey::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
