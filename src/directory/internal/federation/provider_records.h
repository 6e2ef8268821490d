#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "store/records.h"

/// Identity providers by ARN: exactly as it is spelled, case included.
namespace writ::directory {

/// Nothing when there is none. ValidationError when it is no ARN.
[[nodiscard]] Result<std::optional<store::OidcProvider>> find_oidc_provider(const AccountView& account,
                                                                            std::string_view arn);
[[nodiscard]] Result<std::optional<store::SamlProvider>> find_saml_provider(const AccountView& account,
                                                                            std::string_view arn);
/// NoSuchEntity 404: "OpenIDConnect Provider not found for arn A".
[[nodiscard]] Result<store::OidcProvider> oidc_provider_by_arn(const AccountView& account,
                                                               std::string_view arn);
/// NoSuchEntity 404: "Manifest not found for arn A".
[[nodiscard]] Result<store::SamlProvider> saml_provider_by_arn(const AccountView& account,
                                                               std::string_view arn);

/// In the order of their list.
[[nodiscard]] Result<std::vector<store::OidcValue>> oidc_values(const AccountView& account,
                                                                std::string_view url,
                                                                store::OidcValueKind kind);
/// The oldest first.
[[nodiscard]] Result<std::vector<store::SamlPrivateKey>> saml_private_keys(
    const AccountView& account, const store::SamlProvider& provider);

}  // namespace writ::directory
