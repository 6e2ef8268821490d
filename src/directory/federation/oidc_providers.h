#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/tags.h"

namespace writ::directory {

/// An OpenID Connect provider that roles may trust (spec B30).
struct OidcProvider {
    std::string arn;
    std::string url;  ///< Without scheme.
    std::vector<std::string> client_ids;
    std::vector<std::string> thumbprints;  ///< Lower case.
    Instant created_at{};
    std::vector<Tag> tags;
};

struct NewOidcProvider {
    std::string url{};                       ///< With "https://".
    std::vector<std::string> client_ids{};   ///< Those that are there twice count once.
    std::vector<std::string> thumbprints{};  ///< None is fine: the keys of well-known authorities suffice.
    std::vector<Tag> tags{};
};

/// The name of a provider, which follows "oidc-provider/" in its ARN: its URL without "https://" and ":443".
/// Case and a slash at the end count (spec B30). ValidationError when it is no https URL; InvalidInput when
/// it has a query or a fragment.
[[nodiscard]] Result<std::string> oidc_provider_name(std::string_view url);

/// ARN of the new provider. ValidationError and InvalidInput for what is no such URL.
[[nodiscard]] Result<std::string> create_oidc_provider(AccountEdit& account, const NewOidcProvider& provider);
[[nodiscard]] Result<OidcProvider> get_oidc_provider(const AccountView& account, std::string_view arn);
/// ARNs of all, by URL.
[[nodiscard]] Result<std::vector<std::string>> list_oidc_providers(const AccountView& account);
[[nodiscard]] Result<void> delete_oidc_provider(AccountEdit& account, std::string_view arn);
/// Nothing happens when it is there already.
[[nodiscard]] Result<void> add_oidc_client_id(AccountEdit& account, std::string_view arn,
                                              std::string_view client_id);
/// Nothing happens when it is not there.
[[nodiscard]] Result<void> remove_oidc_client_id(AccountEdit& account, std::string_view arn,
                                                 std::string_view client_id);
/// Replaces the list, which must not be empty.
[[nodiscard]] Result<void> update_oidc_thumbprints(AccountEdit& account, std::string_view arn,
                                                   const std::vector<std::string>& thumbprints);

}  // namespace writ::directory
