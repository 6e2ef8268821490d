#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// An X.509 certificate that a user, or with the account as `owner_id` root, signs requests with (spec B32).
struct SigningCertificate {
    std::string account_id;
    std::string owner_id;
    std::string certificate_id;  ///< Base32 of the SHA-1 of its binary form.
    std::string body;            ///< PEM, as it was uploaded.
    bool active = true;
    Instant uploaded_at{};

    static constexpr std::string_view table = "signing_certificates";
    static constexpr Index by_id{"signing_certificates_by_id", true, {"account_id", "certificate_id"}};
    static constexpr Index by_owner{
        "signing_certificates_by_owner", true, {"account_id", "owner_id", "certificate_id"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_owner}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &SigningCertificate::account_id},
                       Column{"owner_id", &SigningCertificate::owner_id},
                       Column{"certificate_id", &SigningCertificate::certificate_id},
                       Column{"body", &SigningCertificate::body},
                       Column{"active", &SigningCertificate::active},
                       Column{"uploaded_at", &SigningCertificate::uploaded_at}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

/// A certificate with its key, for servers to use.
struct ServerCertificate {
    std::string account_id;
    std::string certificate_id;  ///< ASCA…
    std::string name;
    std::string name_folded;
    std::string path;
    std::string body;   ///< PEM.
    std::string chain;  ///< PEM; empty: none.
    Bytes sealed_key;   ///< Opens with the key ring only, for this id only.
    Instant uploaded_at{};
    Instant expires_at{};

    static constexpr std::string_view table = "server_certificates";
    static constexpr Index by_id{"server_certificates_by_id", true, {"account_id", "certificate_id"}};
    static constexpr Index by_name{"server_certificates_by_name", true, {"account_id", "name_folded"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_name}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &ServerCertificate::account_id},
                       Column{"certificate_id", &ServerCertificate::certificate_id},
                       Column{"name", &ServerCertificate::name},
                       Column{"name_folded", &ServerCertificate::name_folded},
                       Column{"path", &ServerCertificate::path},
                       Column{"body", &ServerCertificate::body},
                       Column{"chain", &ServerCertificate::chain},
                       Column{"sealed_key", &ServerCertificate::sealed_key},
                       Column{"uploaded_at", &ServerCertificate::uploaded_at},
                       Column{"expires_at", &ServerCertificate::expires_at}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
