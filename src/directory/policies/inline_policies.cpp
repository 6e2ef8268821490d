#include "directory/policies/inline_policies.h"

#include <array>
#include <utility>

#include "directory/internal/documents.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/paging.h"
#include "directory/internal/principals/protected_roles.h"
#include "store/records.h"

namespace writ::directory {
namespace {

struct KindFacts {
    std::string_view word;       ///< In error texts.
    std::string_view operation;  ///< That lists.
    Quota size;                  ///< Of all inline policies of one entity (spec 1.4).
};
/// In the order of OwnerKind.
constexpr std::array<KindFacts, 3> kinds{{{"user", "ListUserPolicies", Quota::user_policy_size},
                                          {"group", "ListGroupPolicies", Quota::group_policy_size},
                                          {"role", "ListRolePolicies", Quota::role_policy_size}}};

const KindFacts& facts_of(OwnerKind kind) {
    return kinds.at(static_cast<std::size_t>(kind));
}

Result<std::vector<store::InlinePolicy>> policies_of(const AccountView& account, const OwnerRecord& owner) {
    return result_of(account.records.list<store::InlinePolicy>(store::InlinePolicy::by_name,
                                                               {.equal = {account.account_id, owner.id}}));
}

Result<std::optional<store::InlinePolicy>> find_policy(const AccountView& account, const OwnerRecord& owner,
                                                       std::string_view policy_name) {
    const std::string folded = fold(policy_name);
    return result_of(account.records.find<store::InlinePolicy>(store::InlinePolicy::by_name,
                                                               {account.account_id, owner.id, folded}));
}

Error no_such_policy(OwnerKind kind, std::string_view policy_name) {
    std::string text = "The ";
    text.append(facts_of(kind).word).append(" policy with name ").append(policy_name);
    return {"NoSuchEntity", 404, text.append(" cannot be found.")};
}

/// The quota is one for all inline policies of the entity; the policy that is replaced counts no more.
Result<void> check_size(const AccountView& account, OwnerKind kind, const OwnerRecord& owner,
                        const store::InlinePolicy& put) {
    const auto policies = policies_of(account, owner);
    if (!policies) return std::unexpected(policies.error());
    std::int64_t size = put.counted_size;
    for (const store::InlinePolicy& policy : *policies) {
        if (policy.name_folded != put.name_folded) size += policy.counted_size;
    }
    const KindFacts& facts = facts_of(kind);
    const std::int64_t limit = account.environment.quotas[facts.size];
    if (size <= limit) return {};
    std::string text = "Maximum policy size of " + std::to_string(limit) + " bytes exceeded for ";
    return fail("LimitExceeded", 409, text.append(facts.word).append(" ").append(owner.name));
}

}  // namespace

Result<void> put_inline_policy(AccountEdit& account, const PolicyOwner& owner, std::string_view policy_name,
                               std::string_view document) {
    const auto record = modifiable_owner(account, owner);
    if (!record) return std::unexpected(record.error());
    const auto checked = check_inline_document(account.environment, document);
    if (!checked) return std::unexpected(checked.error());
    const auto replaced = find_policy(account, *record, policy_name);
    if (!replaced) return std::unexpected(replaced.error());

    const store::InlinePolicy put{
        .account_id = account.account_id,
        .principal_kind = record->kind,
        .principal_id = record->id,
        .name = *replaced ? (*replaced)->name : std::string(policy_name),  // The first spelling (spec B3).
        .name_folded = fold(policy_name),
        .document = std::string(document),
        .counted_size = checked->counted_size};
    if (auto fits = check_size(account, owner.kind, *record, put); !fits) return fits;
    return result_of(*replaced ? account.writes.update(put) : account.writes.insert(put));
}

Result<InlinePolicy> get_inline_policy(const AccountView& account, const PolicyOwner& owner,
                                       std::string_view policy_name) {
    const auto record = directory::owner(account, owner);
    if (!record) return std::unexpected(record.error());
    auto found = find_policy(account, *record, policy_name);
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return std::unexpected(no_such_policy(owner.kind, policy_name));
    return InlinePolicy{record->name, std::string(policy_name), std::move((*found)->document)};
}

Result<void> delete_inline_policy(AccountEdit& account, const PolicyOwner& owner,
                                  std::string_view policy_name) {
    const auto record = modifiable_owner(account, owner);
    if (!record) return std::unexpected(record.error());
    const auto found = find_policy(account, *record, policy_name);
    if (!found) return std::unexpected(found.error());
    if (!*found) return std::unexpected(no_such_policy(owner.kind, policy_name));
    return result_of(account.writes.erase(**found));
}

Result<Page<std::string>> list_inline_policies(const AccountView& account, const PolicyOwner& owner,
                                               const PageRequest& page) {
    const auto record = directory::owner(account, owner);
    if (!record) return std::unexpected(record.error());
    auto policies = policies_of(account, *record);
    if (!policies) return std::unexpected(std::move(policies.error()));
    std::vector<std::string> names;
    for (store::InlinePolicy& policy : *policies) names.push_back(std::move(policy.name));
    const Listing listing{.operation = facts_of(owner.kind).operation, .filter = record->id};
    return page_of(account, listing, page, std::move(names), fold);
}

}  // namespace writ::directory
