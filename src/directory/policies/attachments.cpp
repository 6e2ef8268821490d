#include "directory/policies/attachments.h"

#include <algorithm>
#include <string>
#include <utility>

#include "directory/internal/counters.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/paging.h"
#include "directory/internal/policies/managed.h"
#include "directory/internal/principals/boundaries.h"
#include "directory/internal/principals/protected_roles.h"
#include "store/records.h"

namespace writ::directory {
namespace {

store::Attachment attachment_of(const AccountView& account, const OwnerRecord& owner, std::string arn) {
    return {.account_id = account.account_id,
            .principal_kind = owner.kind,
            .principal_id = owner.id,
            .principal_name_folded = owner.name_folded,
            .usage = store::PolicyUsage::permissions,
            .policy_arn = std::move(arn)};
}

Result<std::vector<store::Attachment>> attachments_of(const AccountView& account, const OwnerRecord& owner) {
    return result_of(account.records.list<store::Attachment>(
        store::Attachment::by_principal,
        {.equal = {account.account_id, owner.id, store::PolicyUsage::permissions}}));
}

Quota policies_quota(OwnerKind kind) noexcept {
    switch (kind) {
        case OwnerKind::user:
            return Quota::policies_per_user;
        case OwnerKind::group:
            return Quota::policies_per_group;
        case OwnerKind::role:
            return Quota::policies_per_role;
    }
    return Quota::policies_per_user;
}

std::string_view listing_of(OwnerKind kind) noexcept {
    switch (kind) {
        case OwnerKind::user:
            return "ListAttachedUserPolicies";
        case OwnerKind::group:
            return "ListAttachedGroupPolicies";
        case OwnerKind::role:
            return "ListAttachedRolePolicies";
    }
    return {};
}

/// By name without case; policies of AWS and of the account may share a name.
std::string order_of(const AttachedPolicy& policy) {
    return fold(policy.name).append(1, '\n').append(policy.arn);
}

}  // namespace

Result<void> attach_policy(AccountEdit& account, const PolicyOwner& owner, std::string_view policy_arn) {
    const auto record = modifiable_owner(account, owner);
    if (!record) return std::unexpected(record.error());
    auto arn = attachable_policy(account, policy_arn);
    if (!arn) return std::unexpected(std::move(arn.error()));
    const auto attached = attachments_of(account, *record);
    if (!attached) return std::unexpected(attached.error());
    if (std::ranges::find(*attached, *arn, &store::Attachment::policy_arn) != attached->end()) return {};

    const auto used = static_cast<std::int64_t>(attached->size()) + 1;
    if (auto fits = within(account.environment.quotas, policies_quota(owner.kind), used); !fits) return fits;
    const store::Attachment row = attachment_of(account, *record, std::move(*arn));
    if (auto inserted = result_of(account.writes.insert(row)); !inserted) return inserted;
    const auto counted = add_to_counter(account, counter::attachments(row.policy_arn), 1);
    if (!counted) return std::unexpected(counted.error());
    return {};
}

Result<void> detach_policy(AccountEdit& account, const PolicyOwner& owner, std::string_view policy_arn) {
    const auto record = modifiable_owner(account, owner);
    if (!record) return std::unexpected(record.error());
    auto arn = existing_policy(account, policy_arn);
    if (!arn) return std::unexpected(std::move(arn.error()));
    const store::Attachment row = attachment_of(account, *record, std::move(*arn));
    if (const auto erased = account.writes.erase(row); !erased) {
        const bool unattached = erased.error().kind == store::FailureKind::not_found;
        return std::unexpected(unattached ? policy_not_found(policy_arn) : to_error(erased.error()));
    }
    return count_one_less(account, counter::attachments(row.policy_arn));
}

Result<Page<AttachedPolicy>> list_attached_policies(const AccountView& account, const PolicyOwner& owner,
                                                    std::string_view path_prefix, const PageRequest& page) {
    const auto record = directory::owner(account, owner);
    if (!record) return std::unexpected(record.error());
    auto rows = attachments_of(account, *record);
    if (!rows) return std::unexpected(std::move(rows.error()));
    std::vector<AttachedPolicy> policies;
    for (store::Attachment& row : *rows) {
        const auto place = place_of(row.policy_arn);
        if (!place || !place->path.starts_with(path_prefix)) continue;
        std::string name(place->name);
        policies.push_back({std::move(name), std::move(row.policy_arn)});
    }
    const Listing listing{.operation = listing_of(owner.kind),
                          .filter = record->id + " " + std::string(path_prefix)};
    return page_of(account, listing, page, std::move(policies), order_of);
}

Result<void> put_permissions_boundary(AccountEdit& account, const PolicyOwner& owner,
                                      std::string_view policy_arn) {
    const auto record = modifiable_owner(account, owner);
    if (!record) return std::unexpected(record.error());
    return set_boundary(account, *record, policy_arn);
}

Result<void> delete_permissions_boundary(AccountEdit& account, const PolicyOwner& owner) {
    const auto record = modifiable_owner(account, owner);
    if (!record) return std::unexpected(record.error());
    const auto removed = remove_boundary(account, record->id);
    if (!removed) return std::unexpected(removed.error());
    if (*removed) return {};
    return fail("NoSuchEntity", 404,  // The words are ours [I].
                std::string(owner.kind == OwnerKind::user ? "User " : "Role ") + record->name +
                    " does not have a permissions boundary.");
}

}  // namespace writ::directory
