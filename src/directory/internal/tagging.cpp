#include "directory/internal/tagging.h"

#include <array>
#include <map>

#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "store/records.h"

namespace writ::directory {
namespace {

Quota quota_of(TaggedKind kind) {
    constexpr std::array quotas{Quota::tags_per_user, Quota::tags_per_role, Quota::tags_per_policy,
                                Quota::tags_per_mfa_device};
    return quotas.at(static_cast<std::size_t>(kind));
}

Result<std::vector<store::Tag>> tag_records(const AccountView& account, std::string_view id) {
    return result_of(
        account.records.list<store::Tag>(store::Tag::by_key, {.equal = {account.account_id, id}}));
}

store::Tag record_of(const AccountView& account, const TaggedId& tagged, const Tag& tag) {
    return {.account_id = account.account_id,
            .resource_kind = entity_kind(tagged.kind),
            .resource_id = std::string(tagged.id),
            .key_folded = fold_key(tagged.kind, tag.key),
            .key = tag.key,
            .value = tag.value};
}

}  // namespace

std::string fold_key(TaggedKind kind, std::string_view key) {
    const bool without_case = kind == TaggedKind::user || kind == TaggedKind::role;
    return without_case ? fold(key) : std::string(key);
}

store::EntityKind entity_kind(TaggedKind kind) noexcept {
    switch (kind) {
        case TaggedKind::user:
            return store::EntityKind::user;
        case TaggedKind::role:
            return store::EntityKind::role;
        case TaggedKind::policy:
            return store::EntityKind::policy;
        case TaggedKind::mfa_device:
            break;  // No decision is kept that depends on them.
    }
    return store::EntityKind::none;
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
    if (auto checked = check_tags(tagged.kind, tags); !checked) return checked;
    const auto present = tag_records(account, tagged.id);
    if (!present) return std::unexpected(present.error());
    std::map<std::string, bool> is_new;  // By folded key.
    for (const store::Tag& record : *present) is_new.emplace(record.key_folded, false);
    for (const Tag& tag : tags) is_new.emplace(fold_key(tagged.kind, tag.key), true);
    const auto used = static_cast<std::int64_t>(is_new.size());
    if (auto fits = within(account.environment.quotas, quota_of(tagged.kind), used); !fits) return fits;

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
