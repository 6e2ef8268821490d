#include "directory/federation/saml_providers.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "crypto/certificate.h"
#include "directory/internal/arns.h"
#include "directory/internal/credentials/access_key_records.h"
#include "directory/internal/failures.h"
#include "directory/internal/federation/provider_records.h"
#include "directory/internal/federation/saml_metadata.h"
#include "directory/internal/tagging.h"

namespace writ::directory {
namespace {

constexpr std::size_t private_keys_max = 2;

/// 22 characters in all.
std::string make_uuid(std::string_view prefix, RandomSource& random) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    std::array<std::byte, 16> noise{};
    random.fill(noise);
    std::string uuid(prefix);
    for (const std::byte byte : noise) uuid += alphabet[std::to_integer<std::size_t>(byte) % alphabet.size()];
    return uuid;
}

Instant hundred_years_after(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    auto date = std::chrono::year_month_day(day) + std::chrono::years(100);
    if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
    return Instant(std::chrono::sys_days(date)) + (instant - day);
}

Result<void> insert_key(AccountEdit& account, const store::SamlProvider& provider, std::string_view pem) {
    const std::string id = make_uuid("SAMLPK", account.environment.random);
    return result_of(account.writes.insert(
        store::SamlPrivateKey{.account_id = account.account_id,
                              .provider_uuid = provider.uuid,
                              .key_id = id,
                              .sealed_key = seal_secret(account.environment, Secret(pem), id),
                              .added_at = account.environment.clock.now()}));
}

Result<void> add_key(AccountEdit& account, const store::SamlProvider& provider, std::string_view pem) {
    const auto present = saml_private_keys(account, provider);
    if (!present) return std::unexpected(present.error());
    if (present->size() >= private_keys_max) {
        return fail("LimitExceeded", 409, "Private key limit of 2 is reached.");
    }
    return insert_key(account, provider, pem);
}

/// The last key stays while assertions must be encrypted.
Result<void> remove_key(AccountEdit& account, const store::SamlProvider& provider, std::string_view key_id) {
    const auto present = saml_private_keys(account, provider);
    if (!present) return std::unexpected(present.error());
    const auto found = std::ranges::find(*present, key_id, &store::SamlPrivateKey::key_id);
    const bool is_needed = provider.encryption_required && present->size() == 1;
    if (found == present->end() || is_needed) {
        return fail("InvalidInput", 400, "Failed to remove private key.");
    }
    return result_of(account.writes.erase(*found));
}

Result<void> change_keys(AccountEdit& account, const store::SamlProvider& provider,
                         const SamlProviderChange& change) {
    if (change.add_private_key) return add_key(account, provider, *change.add_private_key);
    if (change.remove_private_key) return remove_key(account, provider, *change.remove_private_key);
    return {};
}

Result<void> check_encryption(const AccountView& account, const store::SamlProvider& provider) {
    if (!provider.encryption_required) return {};
    const auto keys = saml_private_keys(account, provider);
    if (!keys) return std::unexpected(keys.error());
    if (!keys->empty()) return {};
    return fail("InvalidInput", 400,
                "Failed to set assertion encryption mode to Required because no private key is present.");
}

SamlProvider answer_of(const AccountView& account, const store::SamlProvider& record) {
    return {.arn = arn_of(account, record),
            .uuid = record.uuid,
            .metadata = {},
            .encryption_required = record.encryption_required,
            .created_at = record.created_at,
            .valid_until = hundred_years_after(record.updated_at),
            .private_keys = {},
            .tags = {}};
}

Result<void> check_quota(const AccountView& account) {
    const auto used = account.records.count<store::SamlProvider>(store::SamlProvider::by_name,
                                                                 {.equal = {account.account_id}});
    if (!used) return std::unexpected(to_error(used.error()));
    return within(account.environment.quotas, Quota::saml_providers_per_account,
                  static_cast<std::int64_t>(*used));
}

}  // namespace

Result<void> check_saml_change(const SamlProviderChange& change) {
    if (change.add_private_key && change.remove_private_key) {
        return fail("ValidationError", 400,
                    "Unable to add and remove private keys in the same request. Set a value for only one of "
                    "the two parameters.");
    }
    if (change.add_private_key && !crypto::PrivateKey::from_pem(Secret(*change.add_private_key))) {
        return fail("InvalidInput", 400, "Could not parse private key");
    }
    if (change.metadata) return check_saml_metadata(*change.metadata);
    const bool is_empty =
        !change.encryption_required && !change.add_private_key && !change.remove_private_key;
    if (!is_empty) return {};
    return fail("ValidationError", 400,
                "Unable to update identity provider. No updates are defined for metadata or encryption "
                "assertion.");
}

Result<std::string> create_saml_provider(AccountEdit& account, std::string_view name,
                                         const SamlProviderChange& change, const std::vector<Tag>& tags) {
    if (change.encryption_required.value_or(false) && !change.add_private_key) {
        return fail(
            "ValidationError", 400,
            "Unable to set assertion encryption mode to Required because no private key is provided.");
    }
    const Instant now = account.environment.clock.now();
    const store::SamlProvider record{.account_id = account.account_id,
                                     .name = std::string(name),
                                     .uuid = make_uuid("SAMLSP", account.environment.random),
                                     .metadata = std::string(change.metadata.value_or("")),
                                     .encryption_required = change.encryption_required.value_or(false),
                                     .created_at = now,
                                     .updated_at = now};
    auto inserted =
        unless_taken(account.writes.insert(record), store::SamlProvider::by_name,
                     {"EntityAlreadyExists", 409, "Provider with name " + record.name + " already exists."});
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    if (auto fits = check_quota(account); !fits) return std::unexpected(std::move(fits.error()));
    if (auto changed = change_keys(account, record, change); !changed) {
        return std::unexpected(std::move(changed.error()));
    }
    std::string arn = arn_of(account, record);
    auto put = put_tags(account, {.kind = TaggedKind::saml_provider, .id = arn}, tags);
    if (!put) return std::unexpected(std::move(put.error()));
    return arn;
}

Result<void> update_saml_provider(AccountEdit& account, std::string_view arn,
                                  const SamlProviderChange& change) {
    auto record = saml_provider_by_arn(account, arn);
    if (!record) return std::unexpected(std::move(record.error()));
    if (change.encryption_required) record->encryption_required = *change.encryption_required;
    if (change.metadata) {
        record->metadata = *change.metadata;
        record->updated_at = account.environment.clock.now();
    }
    if (auto changed = change_keys(account, *record, change); !changed) return changed;
    if (auto fits = check_encryption(account, *record); !fits) return fits;
    return result_of(account.writes.update(*record));
}

Result<SamlProvider> get_saml_provider(const AccountView& account, std::string_view arn) {
    auto record = saml_provider_by_arn(account, arn);
    if (!record) return std::unexpected(std::move(record.error()));
    const auto keys = saml_private_keys(account, *record);
    if (!keys) return std::unexpected(keys.error());
    auto tags = read_tags(account, arn);
    if (!tags) return std::unexpected(std::move(tags.error()));
    SamlProvider answer = answer_of(account, *record);
    answer.metadata = std::move(record->metadata);
    for (const store::SamlPrivateKey& key : *keys) answer.private_keys.push_back({key.key_id, key.added_at});
    answer.tags = std::move(*tags);
    return answer;
}

Result<std::vector<SamlProvider>> list_saml_providers(const AccountView& account) {
    const auto records = account.records.list<store::SamlProvider>(store::SamlProvider::by_name,
                                                                   {.equal = {account.account_id}});
    if (!records) return std::unexpected(to_error(records.error()));
    std::vector<SamlProvider> providers;
    for (const store::SamlProvider& record : *records) providers.push_back(answer_of(account, record));
    return providers;
}

Result<void> delete_saml_provider(AccountEdit& account, std::string_view arn) {
    const auto record = saml_provider_by_arn(account, arn);
    if (!record) return std::unexpected(record.error());
    const auto keys = saml_private_keys(account, *record);
    if (!keys) return std::unexpected(keys.error());
    for (const store::SamlPrivateKey& key : *keys) {
        if (auto erased = account.writes.erase(key); !erased) {
            return std::unexpected(to_error(erased.error()));
        }
    }
    if (auto erased = erase_tags(account, arn); !erased) return erased;
    return result_of(account.writes.erase(*record));
}

}  // namespace writ::directory
