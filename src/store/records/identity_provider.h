#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// An OpenID Connect provider that roles may trust (spec B30).
struct OidcProvider {
    std::string account_id;
    std::string url;  ///< Without scheme, as it was given.
    Instant created_at{};

    static constexpr std::string_view table = "oidc_providers";
    static constexpr Index by_url{"oidc_providers_by_url", true, {"account_id", "url"}};
    static constexpr auto indexes() { return std::array{&by_url}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &OidcProvider::account_id}, Column{"url", &OidcProvider::url},
                       Column{"created_at", &OidcProvider::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

/// Written to disk: never renumber.
enum class OidcValueKind : std::uint8_t { client_id = 1, thumbprint = 2 };

/// One client id or thumbprint of an OpenID Connect provider.
struct OidcValue {
    std::string account_id;
    std::string url;
    OidcValueKind kind = OidcValueKind::client_id;
    std::int64_t position = 0;  ///< In the order of the list.
    std::string value;

    static constexpr std::string_view table = "oidc_values";
    static constexpr Index by_position{
        "oidc_values_by_position", true, {"account_id", "url", "kind", "position"}};
    static constexpr auto indexes() { return std::array{&by_position}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &OidcValue::account_id}, Column{"url", &OidcValue::url},
                       Column{"kind", &OidcValue::kind}, Column{"position", &OidcValue::position},
                       Column{"value", &OidcValue::value}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

/// A SAML provider that roles may trust (spec B31).
struct SamlProvider {
    std::string account_id;
    std::string name;
    std::string uuid;                  ///< SAMLSP…
    std::string metadata;              ///< The document as it was given.
    bool encryption_required = false;  ///< Of assertions.
    Instant created_at{};
    Instant updated_at{};  ///< Since when the metadata is this one.

    static constexpr std::string_view table = "saml_providers";
    static constexpr Index by_name{"saml_providers_by_name", true, {"account_id", "name"}};
    static constexpr auto indexes() { return std::array{&by_name}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &SamlProvider::account_id},
                       Column{"name", &SamlProvider::name},
                       Column{"uuid", &SamlProvider::uuid},
                       Column{"metadata", &SamlProvider::metadata},
                       Column{"encryption_required", &SamlProvider::encryption_required},
                       Column{"created_at", &SamlProvider::created_at},
                       Column{"updated_at", &SamlProvider::updated_at}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

/// A key that opens encrypted assertions of a SAML provider.
struct SamlPrivateKey {
    std::string account_id;
    std::string provider_uuid;
    std::string key_id;  ///< SAMLPK…
    Bytes sealed_key;    ///< Opens with the key ring only, for this id only.
    Instant added_at{};

    static constexpr std::string_view table = "saml_private_keys";
    static constexpr Index by_provider{
        "saml_private_keys_by_provider", true, {"account_id", "provider_uuid", "key_id"}};
    static constexpr auto indexes() { return std::array{&by_provider}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &SamlPrivateKey::account_id},
                       Column{"provider_uuid", &SamlPrivateKey::provider_uuid},
                       Column{"key_id", &SamlPrivateKey::key_id},
                       Column{"sealed_key", &SamlPrivateKey::sealed_key},
                       Column{"added_at", &SamlPrivateKey::added_at}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
