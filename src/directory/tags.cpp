#include "directory/tags.h"

#include <algorithm>
#include <set>

#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/mfa_records.h"
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

/// The unique id of what is tagged.
Result<std::string> find_id(const AccountView& account, const Tagged& tagged) {
    switch (tagged.kind) {
        case TaggedKind::user: {
            auto user = user_by_name(account, tagged.name);
            return user ? Result<std::string>(std::move(user->user_id)) : std::unexpected(user.error());
        }
        case TaggedKind::role: {
            auto role = role_by_name(account, tagged.name);
            return role ? Result<std::string>(std::move(role->role_id)) : std::unexpected(role.error());
        }
        case TaggedKind::policy: {
            auto policy = policy_by_arn(account, tagged.name);
            return policy ? Result<std::string>(std::move(policy->policy_id))
                          : std::unexpected(policy.error());
        }
        case TaggedKind::mfa_device: {
            auto device = mfa_device_by_serial(account, tagged.name);
            return device ? Result<std::string>(std::move(device->serial_number))
                          : std::unexpected(device.error());
        }
    }
    return fail("InvalidInput", 400, "This kind of entity cannot be tagged.");
}

std::string_view listing_of(TaggedKind kind) {
    constexpr std::array<std::string_view, 4> operations{"ListUserTags", "ListRoleTags", "ListPolicyTags",
                                                         "ListMFADeviceTags"};
    return operations.at(static_cast<std::size_t>(kind));
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
    if (tags.empty()) return fail("InvalidInput", 400, "At least one tag is required.");
    const auto id = find_id(account, tagged);
    if (!id) return std::unexpected(id.error());
    return put_tags(account, {.kind = tagged.kind, .id = *id}, tags);
}

Result<void> untag(AccountEdit& account, const Tagged& tagged, const std::vector<std::string>& keys) {
    const auto id = find_id(account, tagged);
    if (!id) return std::unexpected(id.error());
    for (const std::string& key : keys) {
        const store::Tag record{.account_id = account.account_id,
                                .resource_kind = entity_kind(tagged.kind),
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
    return page_of(account, {.operation = listing_of(tagged.kind), .filter = *id}, page, std::move(*tags),
                   order_of);
}

}  // namespace writ::directory
