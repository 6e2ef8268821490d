#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// What a user signs in to one service with (spec B33).
struct ServiceCredential {
    std::string account_id;
    std::string user_id;
    std::string credential_id;  ///< ACCA…
    std::string service;        ///< "bedrock.amazonaws.com".
    std::string login;          ///< Name or alias to sign in with; keeps the name that the user had.
    Bytes secret_digest;        ///< SHA-256.
    bool active = true;
    Instant created_at{};
    std::optional<Instant> expires_at;

    static constexpr std::string_view table = "service_credentials";
    static constexpr Index by_id{"service_credentials_by_id", true, {"account_id", "credential_id"}};
    static constexpr Index by_user{
        "service_credentials_by_user", true, {"account_id", "user_id", "credential_id"}};
    static constexpr Index by_login{"service_credentials_by_login", true, {"account_id", "service", "login"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_user, &by_login}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &ServiceCredential::account_id},
                       Column{"user_id", &ServiceCredential::user_id},
                       Column{"credential_id", &ServiceCredential::credential_id},
                       Column{"service", &ServiceCredential::service},
                       Column{"login", &ServiceCredential::login},
                       Column{"secret_digest", &ServiceCredential::secret_digest},
                       Column{"active", &ServiceCredential::active},
                       Column{"created_at", &ServiceCredential::created_at},
                       Column{"expires_at", &ServiceCredential::expires_at}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
