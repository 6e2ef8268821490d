#include "directory/tags.h"

#include <algorithm>
#include <set>

#include "directory/internal/credentials/mfa_records.h"
#include "directory/internal/credentials/server_certificate_records.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/federation/provider_records.h"
#include "directory/internal/names.h"
#include "directory/internal/paging.h"
#include "directory/internal/tagging.h"
#include "store/records.h"

namespace writ::directory {
namespace {

bool is_blank(std::string_view key) {
    return std::ranges::all_of(key, [](char c) { return c == ' '; });
}

bool is_reserved(std::string_view key) {
    constexpr std::string_view prefix = "aws:";
    return equals_ignoring_case(key.substr(0, prefix.size()), prefix);
}

template <class Record>
Result<std::string> id_of(Result<Record> found, std::string Record::* id) {
    if (!found) return std::unexpected(std::move(found.error()));
    return std::move((*found).*id);
}

/// Providers are known by their ARN.
template <class Record>
Result<std::string> arn_if_found(const Result<Record>& found, std::string_view arn) {
    if (!found) return std::unexpected(found.error());
    return std::string(arn);
}

/// The unique id of what is tagged.
Result<std::string> find_id(const AccountView& account, const Tagged& tagged) {
    switch (tagged.kind) {
        case TaggedKind::user:
            return id_of(user_by_name(account, tagged.name), &store::User::user_id);
        case TaggedKind::role:
            return id_of(role_by_name(account, tagged.name), &store::Role::role_id);
        case TaggedKind::policy:
            return id_of(policy_by_arn(account, tagged.name), &store::Policy::policy_id);
        case TaggedKind::mfa_device:
            return id_of(mfa_device_by_serial(account, tagged.name), &store::MfaDevice::serial_number);
        case TaggedKind::server_certificate:
            return id_of(server_certificate_by_name(account, tagged.name),
                         &store::ServerCertificate::certificate_id);
        case TaggedKind::oidc_provider:
            return arn_if_found(oidc_provider_by_arn(account, tagged.name), tagged.name);
        case TaggedKind::saml_provider:
            return arn_if_found(saml_provider_by_arn(account, tagged.name), tagged.name);
        case TaggedKind::instance_profile:
            return id_of(instance_profile_by_name(account, tagged.name), &store::InstanceProfile::profile_id);
    }
    return fail("InvalidInput", 400, "This kind of entity cannot be tagged.");
}

/// By key without case; keys that differ in case only stay apart.
std::string order_of(const Tag& tag) {
    return fold(tag.key).append(1, '\0').append(tag.key);
}

}  // namespace

Result<void> check_tags(TaggedKind kind, const std::vector<Tag>& tags) {
    std::set<std::string> keys;
    for (const Tag& tag : tags) {
        if (is_blank(tag.key)) return fail("ValidationError", 400, "Tag keys must not be blank.");
        if (!keys.insert(fold_key(kind, tag.key)).second) {
            return fail("InvalidInput", 400,
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        }
    }
    if (std::ranges::any_of(tags, is_reserved, &Tag::key)) {
        return fail("InvalidInput", 400, "Tag keys beginning with aws: are reserved for system use.");
    }
    return {};
}

Result<void> tag(AccountEdit& account, const Tagged& tagged, const std::vector<Tag>& tags) {
    if (tags.empty()) return fail("InvalidInput", 400, "The provided tag map must not be null/empty.");
    const auto id = find_id(account, tagged);
    if (!id) return std::unexpected(id.error());
    return put_tags(account, {.kind = tagged.kind, .id = *id}, tags);
}

Result<void> untag(AccountEdit& account, const Tagged& tagged, const std::vector<std::string>& keys) {
    if (keys.empty() && fact_of(tagged.kind).needs_keys) {
        return fail("InvalidInput", 400, "The provided tag keys must not be null/empty.");
    }
    const auto id = find_id(account, tagged);
    if (!id) return std::unexpected(id.error());
    for (const std::string& key : keys) {
        const store::Tag record{.account_id = account.account_id,
                                .resource_kind = fact_of(tagged.kind).entity,
                                .resource_id = *id,
                                .key_folded = fold_key(tagged.kind, key),
                                .key = {},
                                .value = {}};
        const auto erased = account.writes.erase(record);
        if (!erased && erased.error().kind != store::FailureKind::not_found) {
            return std::unexpected(to_error(erased.error()));
        }
    }
    return {};
}

Result<Page<Tag>> list_tags(const AccountView& account, const Tagged& tagged, const PageRequest& page) {
    const auto id = find_id(account, tagged);
    if (!id) return std::unexpected(id.error());
    auto tags = read_tags(account, *id);
    if (!tags) return std::unexpected(tags.error());
    return page_of(account, {.operation = fact_of(tagged.kind).listing, .filter = *id}, page,
                   std::move(*tags), order_of);
}

}  // namespace writ::directory
