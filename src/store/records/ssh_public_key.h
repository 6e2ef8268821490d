#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// An SSH public key of a user (spec B32).
struct SshPublicKey {
    std::string account_id;
    std::string user_id;
    std::string key_id;       ///< APKA…
    std::string fingerprint;  ///< MD5, "aa:bb:…".
    std::string body;         ///< "ssh-rsa BASE64".
    bool active = true;
    Instant uploaded_at{};

    static constexpr std::string_view table = "ssh_public_keys";
    static constexpr Index by_user{"ssh_public_keys_by_user", true, {"account_id", "user_id", "key_id"}};
    static constexpr Index by_fingerprint{
        "ssh_public_keys_by_fingerprint", true, {"account_id", "user_id", "fingerprint"}};
    static constexpr auto indexes() { return std::array{&by_user, &by_fingerprint}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &SshPublicKey::account_id},
                       Column{"user_id", &SshPublicKey::user_id},
                       Column{"key_id", &SshPublicKey::key_id},
                       Column{"fingerprint", &SshPublicKey::fingerprint},
                       Column{"body", &SshPublicKey::body},
                       Column{"active", &SshPublicKey::active},
                       Column{"uploaded_at", &SshPublicKey::uploaded_at}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
