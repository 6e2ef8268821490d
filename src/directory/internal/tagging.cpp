#include "directory/internal/tagging.h"

#include <array>
#include <map>

#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr auto facts = std::to_array<TaggedFact>({
    {TaggedKind::user, "ListUserTags", Quota::tags_per_user, store::EntityKind::user, true},
    {TaggedKind::role, "ListRoleTags", Quota::tags_per_role, store::EntityKind::role, true},
    {TaggedKind::policy, "ListPolicyTags", Quota::tags_per_policy, store::EntityKind::policy},
    {TaggedKind::mfa_device, "ListMFADeviceTags", Quota::tags_per_mfa_device, store::EntityKind::none},
    {TaggedKind::server_certificate, "ListServerCertificateTags", Quota::tags_per_server_certificate,
     store::EntityKind::none, false, true},
    {TaggedKind::oidc_provider, "ListOpenIDConnectProviderTags", Quota::tags_per_oidc_provider,
     store::EntityKind::none, false, true},
    {TaggedKind::saml_provider, "ListSAMLProviderTags", Quota::tags_per_saml_provider,
     store::EntityKind::none, false, true},
    {TaggedKind::instance_profile, "ListInstanceProfileTags", Quota::tags_per_instance_profile,
     store::EntityKind::none},
});

constexpr bool in_order() {
    for (std::size_t i = 0; i < facts.size(); ++i) {
        if (static_cast<std::size_t>(facts[i].kind) != i) return false;
    }
    return true;
}
static_assert(in_order());

Result<std::vector<store::Tag>> tag_records(const AccountView& account, std::string_view id) {
    return result_of(
        account.records.list<store::Tag>(store::Tag::by_key, {.equal = {account.account_id, id}}));
}

store::Tag record_of(const AccountView& account, const TaggedId& tagged, const Tag& tag) {
    return {.account_id = account.account_id,
            .resource_kind = fact_of(tagged.kind).entity,
            .resource_id = std::string(tagged.id),
            .key_folded = fold_key(tagged.kind, tag.key),
            .key = tag.key,
            .value = tag.value};
}

}  // namespace

const TaggedFact& fact_of(TaggedKind kind) noexcept {
    return facts[static_cast<std::size_t>(kind)];
}

std::string fold_key(TaggedKind kind, std::string_view key) {
    return fact_of(kind).ignores_case ? fold(key) : std::string(key);
}

Result<std::vector<Tag>> read_tags(const AccountView& account, std::string_view id) {
    const auto records = tag_records(account, id);
    if (!records) return std::unexpected(records.error());
    std::vector<Tag> tags;
    tags.reserve(records->size());
    for (const store::Tag& record : *records) tags.push_back({.key = record.key, .value = record.value});
    return tags;
}

Result<void> put_tags(AccountEdit& account, const TaggedId& tagged, const std::vector<Tag>& tags) {
    if (tags.empty()) return {};
    if (auto checked = check_tags(tagged.kind, tags); !checked) return checked;
    const auto present = tag_records(account, tagged.id);
    if (!present) return std::unexpected(present.error());
    std::map<std::string, bool> is_new;  // By folded key.
    for (const store::Tag& record : *present) is_new.emplace(record.key_folded, false);
    for (const Tag& tag : tags) is_new.emplace(fold_key(tagged.kind, tag.key), true);
    const auto used = static_cast<std::int64_t>(is_new.size());
    if (auto fits = within(account.environment.quotas, fact_of(tagged.kind).quota, used); !fits) return fits;

    for (const Tag& tag : tags) {
        const store::Tag record = record_of(account, tagged, tag);
        const auto written =
            is_new.at(record.key_folded) ? account.writes.insert(record) : account.writes.update(record);
        if (!written) return std::unexpected(to_error(written.error()));
    }
    return {};
}

Result<void> erase_tags(AccountEdit& account, std::string_view id) {
    const auto records = tag_records(account, id);
    if (!records) return std::unexpected(records.error());
    for (const store::Tag& record : *records) {
        if (auto erased = account.writes.erase(record); !erased) {
            return std::unexpected(to_error(erased.error()));
        }
    }
    return {};
}

}  // namespace writ::directory
