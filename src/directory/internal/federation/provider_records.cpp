#include "directory/internal/federation/provider_records.h"

#include <algorithm>
#include <string>

#include "base/arn.h"
#include "directory/internal/arns.h"
#include "directory/internal/failures.h"

namespace writ::directory {
namespace {

/// What stands behind "saml-provider/" in an ARN; "" for ARNs of anything else.
Result<std::string_view> name_in(std::string_view arn, std::string_view type) {
    const auto parsed = parse_arn(arn);
    if (!parsed) return fail("ValidationError", 400, "Invalid ARN:  Could not be parsed!");
    if (!parsed->resource.starts_with(type)) return std::string_view{};
    return parsed->resource.substr(type.size());
}

/// The record of that key, if its ARN is the one that was asked for in all its parts.
template <class Record>
Result<std::optional<Record>> find(const AccountView& account, const store::Index& index,
                                   std::string_view arn, std::string_view type) {
    const auto name = name_in(arn, type);
    if (!name) return std::unexpected(name.error());
    auto found = account.records.find<Record>(index, {account.account_id, *name});
    if (!found) return std::unexpected(to_error(found.error()));
    if (const auto& record = *found; record.has_value() && arn_of(account, *record) != arn) {
        return std::nullopt;
    }
    return std::move(*found);
}

}  // namespace

Result<std::optional<store::OidcProvider>> find_oidc_provider(const AccountView& account,
                                                              std::string_view arn) {
    return find<store::OidcProvider>(account, store::OidcProvider::by_url, arn, "oidc-provider/");
}

Result<std::optional<store::SamlProvider>> find_saml_provider(const AccountView& account,
                                                              std::string_view arn) {
    return find<store::SamlProvider>(account, store::SamlProvider::by_name, arn, "saml-provider/");
}

Result<store::OidcProvider> oidc_provider_by_arn(const AccountView& account, std::string_view arn) {
    auto found = find_oidc_provider(account, arn);
    if (!found) return std::unexpected(std::move(found.error()));
    if (auto& record = *found; record.has_value()) return std::move(*record);
    return fail("NoSuchEntity", 404, "OpenIDConnect Provider not found for arn " + std::string(arn));
}

Result<store::SamlProvider> saml_provider_by_arn(const AccountView& account, std::string_view arn) {
    auto found = find_saml_provider(account, arn);
    if (!found) return std::unexpected(std::move(found.error()));
    if (auto& record = *found; record.has_value()) return std::move(*record);
    return fail("NoSuchEntity", 404, "Manifest not found for arn " + std::string(arn));
}

Result<std::vector<store::OidcValue>> oidc_values(const AccountView& account, std::string_view url,
                                                  store::OidcValueKind kind) {
    return result_of(account.records.list<store::OidcValue>(store::OidcValue::by_position,
                                                            {.equal = {account.account_id, url, kind}}));
}

Result<std::vector<store::SamlPrivateKey>> saml_private_keys(const AccountView& account,
                                                             const store::SamlProvider& provider) {
    auto keys = result_of(account.records.list<store::SamlPrivateKey>(
        store::SamlPrivateKey::by_provider, {.equal = {account.account_id, provider.uuid}}));
    if (keys) std::ranges::stable_sort(*keys, {}, &store::SamlPrivateKey::added_at);
    return keys;
}

}  // namespace writ::directory
