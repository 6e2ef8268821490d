#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/tags.h"

namespace writ::directory {

/// A key that opens encrypted assertions. What it is stays here.
struct SamlPrivateKey {
    std::string key_id;  ///< SAMLPK…
    Instant added_at{};
};

/// A SAML provider that roles may trust (spec B31).
struct SamlProvider {
    std::string arn;
    std::string uuid;  ///< SAMLSP…
    std::string metadata;
    bool encryption_required = false;
    Instant created_at{};
    Instant valid_until{};  ///< A hundred years after the metadata were set.
    std::vector<SamlPrivateKey> private_keys;
    std::vector<Tag> tags;
};

/// Everything beside tags that a call can set. Metadata and key as they were given.
struct SamlProviderChange {
    std::optional<std::string_view> metadata{};
    std::optional<bool> encryption_required{};
    std::optional<std::string_view> add_private_key{};     ///< PEM.
    std::optional<std::string_view> remove_private_key{};  ///< Its id.
};
/// The rules that need no store; reading long metadata takes a while. InvalidInput, ValidationError.
[[nodiscard]] Result<void> check_saml_change(const SamlProviderChange& change);

/// The functions below take a change that has passed. `change.metadata` is required here.
[[nodiscard]] Result<std::string> create_saml_provider(AccountEdit& account, std::string_view name,
                                                       const SamlProviderChange& change,
                                                       const std::vector<Tag>& tags);
[[nodiscard]] Result<void> update_saml_provider(AccountEdit& account, std::string_view arn,
                                                const SamlProviderChange& change);
[[nodiscard]] Result<SamlProvider> get_saml_provider(const AccountView& account, std::string_view arn);
/// By name, without metadata, keys and tags.
[[nodiscard]] Result<std::vector<SamlProvider>> list_saml_providers(const AccountView& account);
[[nodiscard]] Result<void> delete_saml_provider(AccountEdit& account, std::string_view arn);

}  // namespace writ::directory
