#include "directory/internal/organizations/node_tags.h"

#include <set>

#include "base/text.h"
#include "directory/internal/failures.h"
#include "directory/internal/organizations/faults.h"
#include "store/records.h"

namespace writ::directory::organizations {
namespace {

constexpr std::string_view reserved_prefix = "aws:";

Result<std::vector<store::Tag>> records_of(const AccountView& account,
                                           const store::Organization& organization, std::string_view id) {
    return result_of(account.records.list<store::Tag>(store::Tag::by_key,
                                                      {.equal = {organization.management_account_id, id}}));
}

bool is_reserved(std::string_view key) {
    return key.size() >= reserved_prefix.size() &&
           equals_ignoring_case(key.substr(0, reserved_prefix.size()), reserved_prefix);
}

Result<void> check(const std::vector<Tag>& tags) {
    std::set<std::string_view> keys;
    for (const Tag& tag : tags) {
        if (is_reserved(tag.key)) return bad_input("INVALID_SYSTEM_TAGS_PARAMETER");
        if (!keys.insert(tag.key).second) return bad_input("DUPLICATE_TAG_KEY");
    }
    return {};
}

}  // namespace

Result<std::vector<Tag>> read_resource_tags(const AccountView& account,
                                            const store::Organization& organization, std::string_view id) {
    const auto records = records_of(account, organization, id);
    if (!records) return std::unexpected(records.error());
    std::vector<Tag> tags;
    for (const store::Tag& record : *records) tags.push_back({.key = record.key, .value = record.value});
    return tags;
}

Result<void> put_resource_tags(AccountEdit& account, const store::Organization& organization,
                               std::string_view id, const std::vector<Tag>& tags) {
    if (auto good = check(tags); !good) return good;
    const auto present = records_of(account, organization, id);
    if (!present) return std::unexpected(present.error());
    std::set<std::string> keys;
    for (const store::Tag& record : *present) keys.insert(record.key);
    const std::set<std::string> before = keys;
    for (const Tag& tag : tags) keys.insert(tag.key);
    const auto tags_max = account.environment.quotas[Quota::tags_per_organization_resource];
    if (static_cast<std::int64_t>(keys.size()) > tags_max) return violates("MAX_TAG_LIMIT_EXCEEDED");
    for (const Tag& tag : tags) {
        const store::Tag record{.account_id = organization.management_account_id,
                                .resource_kind = store::EntityKind::none,
                                .resource_id = std::string(id),
                                .key_folded = tag.key,
                                .key = tag.key,
                                .value = tag.value};
        const auto written =
            before.contains(tag.key) ? account.writes.update(record) : account.writes.insert(record);
        if (!written) return std::unexpected(to_error(written.error()));
    }
    return {};
}

Result<void> erase_resource_tags(AccountEdit& account, const store::Organization& organization,
                                 std::string_view id) {
    const auto records = records_of(account, organization, id);
    if (!records) return std::unexpected(records.error());
    for (const store::Tag& record : *records) {
        if (auto erased = result_of(account.writes.erase(record)); !erased) return erased;
    }
    return {};
}

Result<void> erase_resource_tags(AccountEdit& account, const store::Organization& organization,
                                 std::string_view id, const std::vector<std::string>& keys) {
    const std::set<std::string_view> going(keys.begin(), keys.end());
    const auto records = records_of(account, organization, id);
    if (!records) return std::unexpected(records.error());
    for (const store::Tag& record : *records) {
        if (!going.contains(record.key)) continue;
        if (auto erased = result_of(account.writes.erase(record)); !erased) return erased;
    }
    return {};
}

}  // namespace writ::directory::organizations
