#include "directory/federation/oidc_providers.h"

#include <algorithm>

#include "base/text.h"
#include "directory/internal/arns.h"
#include "directory/internal/failures.h"
#include "directory/internal/federation/provider_records.h"
#include "directory/internal/tagging.h"

namespace writ::directory {
namespace {

using Kind = store::OidcValueKind;

constexpr std::size_t thumbprints_max = 5;

std::vector<std::string> values_of(const std::vector<store::OidcValue>& records) {
    std::vector<std::string> values;
    values.reserve(records.size());
    for (const store::OidcValue& record : records) values.push_back(record.value);
    return values;
}

std::vector<std::string> without_repetitions(const std::vector<std::string>& texts) {
    std::vector<std::string> kept;
    for (const std::string& text : texts) {
        if (std::ranges::find(kept, text) == kept.end()) kept.push_back(text);
    }
    return kept;
}

Result<std::vector<std::string>> checked_thumbprints(const std::vector<std::string>& thumbprints) {
    if (thumbprints.size() > thumbprints_max) {  // So many are fine, whatever the text says.
        return fail("InvalidInput", 400, "Thumbprint list must contain fewer than 5 entries.");
    }
    std::vector<std::string> lowered;
    lowered.reserve(thumbprints.size());
    for (const std::string& thumbprint : thumbprints) lowered.push_back(ascii_lower(thumbprint));
    return lowered;
}

Result<void> insert_values(AccountEdit& account, std::string_view url, Kind kind,
                           const std::vector<std::string>& values) {
    std::int64_t position = 0;
    for (const std::string& value : values) {
        const store::OidcValue record{.account_id = account.account_id,
                                      .url = std::string(url),
                                      .kind = kind,
                                      .position = ++position,
                                      .value = value};
        if (auto inserted = account.writes.insert(record); !inserted) {
            return std::unexpected(to_error(inserted.error()));
        }
    }
    return {};
}

Result<void> erase_values(AccountEdit& account, std::string_view url, Kind kind) {
    const auto records = oidc_values(account, url, kind);
    if (!records) return std::unexpected(records.error());
    for (const store::OidcValue& record : *records) {
        if (auto erased = account.writes.erase(record); !erased) {
            return std::unexpected(to_error(erased.error()));
        }
    }
    return {};
}

Result<void> check_client_ids(const AccountView& account, std::size_t count) {
    return within(account.environment.quotas, Quota::client_ids_per_oidc_provider,
                  static_cast<std::int64_t>(count));
}

Result<store::OidcProvider> insert_provider(AccountEdit& account, const std::string& url) {
    auto name = oidc_provider_name(url);
    if (!name) return std::unexpected(std::move(name.error()));
    store::OidcProvider record{.account_id = account.account_id,
                               .url = std::move(*name),
                               .created_at = account.environment.clock.now()};
    auto inserted =
        unless_taken(account.writes.insert(record), store::OidcProvider::by_url,
                     {"EntityAlreadyExists", 409, "Provider with url " + url + " already exists."});
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    const auto used = account.records.count<store::OidcProvider>(store::OidcProvider::by_url,
                                                                 {.equal = {account.account_id}});
    if (!used) return std::unexpected(to_error(used.error()));
    auto fits = within(account.environment.quotas, Quota::oidc_providers_per_account,
                       static_cast<std::int64_t>(*used));
    if (!fits) return std::unexpected(std::move(fits.error()));
    return record;
}

}  // namespace

Result<std::string> create_oidc_provider(AccountEdit& account, const NewOidcProvider& provider) {
    const auto thumbprints = checked_thumbprints(provider.thumbprints);
    if (!thumbprints) return std::unexpected(thumbprints.error());
    const std::vector<std::string> client_ids = without_repetitions(provider.client_ids);
    if (auto fits = check_client_ids(account, client_ids.size()); !fits) {
        return std::unexpected(std::move(fits.error()));
    }
    const auto record = insert_provider(account, provider.url);
    if (!record) return std::unexpected(record.error());
    std::string arn = arn_of(account, *record);
    for (const auto& [kind, values] :
         {std::pair{Kind::client_id, &client_ids}, std::pair{Kind::thumbprint, &*thumbprints}}) {
        if (auto inserted = insert_values(account, record->url, kind, *values); !inserted) {
            return std::unexpected(std::move(inserted.error()));
        }
    }
    auto put = put_tags(account, {.kind = TaggedKind::oidc_provider, .id = arn}, provider.tags);
    if (!put) return std::unexpected(std::move(put.error()));
    return arn;
}

Result<OidcProvider> get_oidc_provider(const AccountView& account, std::string_view arn) {
    const auto record = oidc_provider_by_arn(account, arn);
    if (!record) return std::unexpected(record.error());
    const auto client_ids = oidc_values(account, record->url, Kind::client_id);
    if (!client_ids) return std::unexpected(client_ids.error());
    const auto thumbprints = oidc_values(account, record->url, Kind::thumbprint);
    if (!thumbprints) return std::unexpected(thumbprints.error());
    auto tags = read_tags(account, arn);
    if (!tags) return std::unexpected(std::move(tags.error()));
    return OidcProvider{.arn = std::string(arn),
                        .url = record->url,
                        .client_ids = values_of(*client_ids),
                        .thumbprints = values_of(*thumbprints),
                        .created_at = record->created_at,
                        .tags = std::move(*tags)};
}

Result<std::vector<std::string>> list_oidc_providers(const AccountView& account) {
    const auto records = account.records.list<store::OidcProvider>(store::OidcProvider::by_url,
                                                                   {.equal = {account.account_id}});
    if (!records) return std::unexpected(to_error(records.error()));
    std::vector<std::string> arns;
    for (const store::OidcProvider& record : *records) arns.push_back(arn_of(account, record));
    return arns;
}

Result<void> delete_oidc_provider(AccountEdit& account, std::string_view arn) {
    const auto found = find_oidc_provider(account, arn);
    if (!found) return std::unexpected(found.error());
    const auto& record = *found;
    if (!record.has_value()) {
        return fail("NoSuchEntity", 404, "OpenId connect Provider " + std::string(arn) + " cannot be found.");
    }
    for (const Kind kind : {Kind::client_id, Kind::thumbprint}) {
        if (auto erased = erase_values(account, record->url, kind); !erased) return erased;
    }
    if (auto erased = erase_tags(account, arn); !erased) return erased;
    return result_of(account.writes.erase(*record));
}

Result<void> add_oidc_client_id(AccountEdit& account, std::string_view arn, std::string_view client_id) {
    const auto record = oidc_provider_by_arn(account, arn);
    if (!record) return std::unexpected(record.error());
    const auto present = oidc_values(account, record->url, Kind::client_id);
    if (!present) return std::unexpected(present.error());
    if (std::ranges::find(*present, client_id, &store::OidcValue::value) != present->end()) return {};
    if (auto fits = check_client_ids(account, present->size() + 1); !fits) return fits;
    return result_of(account.writes.insert(
        store::OidcValue{.account_id = account.account_id,
                         .url = record->url,
                         .kind = Kind::client_id,
                         .position = present->empty() ? 1 : present->back().position + 1,
                         .value = std::string(client_id)}));
}

Result<void> remove_oidc_client_id(AccountEdit& account, std::string_view arn, std::string_view client_id) {
    const auto record = oidc_provider_by_arn(account, arn);
    if (!record) return std::unexpected(record.error());
    const auto present = oidc_values(account, record->url, Kind::client_id);
    if (!present) return std::unexpected(present.error());
    const auto found = std::ranges::find(*present, client_id, &store::OidcValue::value);
    if (found == present->end()) return {};
    return result_of(account.writes.erase(*found));
}

Result<void> update_oidc_thumbprints(AccountEdit& account, std::string_view arn,
                                     const std::vector<std::string>& thumbprints) {
    if (thumbprints.empty()) {
        return fail("InvalidInput", 400, "Thumbprint list must contain at least one entry.");
    }
    const auto lowered = checked_thumbprints(thumbprints);
    if (!lowered) return std::unexpected(lowered.error());
    const auto record = oidc_provider_by_arn(account, arn);
    if (!record) return std::unexpected(record.error());
    if (auto erased = erase_values(account, record->url, Kind::thumbprint); !erased) return erased;
    return insert_values(account, record->url, Kind::thumbprint, *lowered);
}

}  // namespace writ::directory
