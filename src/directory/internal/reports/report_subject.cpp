#include "directory/internal/reports/report_subject.h"

#include <array>
#include <limits>
#include <utility>

#include "directory/internal/entities.h"
#include "directory/internal/policies/managed.h"
#include "directory/internal/reports/granted_actions.h"
#include "directory/policies/attachments.h"
#include "directory/policies/policies.h"
#include "directory/principals/groups.h"
#include "directory/targets.h"

namespace writ::directory {
namespace {

constexpr PageRequest all_of_them{.items_max = std::numeric_limits<std::size_t>::max() - 1};

using Entities = std::vector<ReachedEntity>;

Result<void> add_members(const AccountView& account, std::string_view group_name, Entities& entities) {
    auto group = get_group(account, group_name, all_of_them);
    if (!group) return std::unexpected(std::move(group.error()));
    for (User& user : group->members.items)
        entities.push_back({std::move(user.user_id), std::move(user.arn)});
    return {};
}

/// Users and roles that carry the policy, and the members of groups that do.
Result<Entities> reached_by_policy(const AccountView& account, std::string_view arn) {
    Entities entities;
    const auto found = list_entities_for_policy(account, arn, {.used_as_boundary = false}, all_of_them);
    if (!found) return std::unexpected(found.error());
    for (const PolicyEntity& entity : found->items) {
        if (entity.kind == OwnerKind::group) {
            auto added = add_members(account, entity.name, entities);
            if (!added) return std::unexpected(std::move(added.error()));
            continue;
        }
        auto target = find_target(account, {entity.kind, entity.name});
        if (!target) return std::unexpected(std::move(target.error()));
        entities.push_back({std::move(target->id), std::move(target->arn)});
    }
    return entities;
}

Result<ReportSubject> policy_subject(const AccountView& account, std::string_view arn) {
    const auto policy = get_policy(account, arn);
    if (!policy) return std::unexpected(policy.error());
    auto version = get_policy_version(account, arn, policy->default_version_id);
    if (!version) return std::unexpected(std::move(version.error()));
    auto entities = reached_by_policy(account, arn);
    if (!entities) return std::unexpected(std::move(entities.error()));
    return ReportSubject{{std::move(version->document)}, std::move(*entities), true};
}

Result<ReportSubject> identity_subject(const AccountView& account, std::string_view arn) {
    const auto identity = read_identity(account, arn);
    if (!identity) return std::unexpected(identity.error());
    ReportSubject subject;
    for (const InlinePolicyInForce& policy : identity->inline_policies) {
        subject.documents.push_back(policy.document);
    }
    for (const ManagedPolicyInForce& policy : identity->managed_policies) {
        auto text = document_of(account, policy);
        if (!text) return std::unexpected(std::move(text.error()));
        subject.documents.push_back(std::move(*text));
    }
    if (identity->kind != store::EntityKind::group) {
        subject.entities.push_back({identity->id, identity->arn});
        return subject;
    }
    subject.lists_entities = true;
    auto added = add_members(account, identity->name, subject.entities);
    if (!added) return std::unexpected(std::move(added.error()));
    return subject;
}

}  // namespace

Result<PrincipalRecord> read_identity(const AccountView& account, std::string_view arn) {
    const auto owner = owner_of_arn(arn);
    if (!owner) return std::unexpected(owner.error());
    const auto target = find_owner_target(account, arn);
    if (!target) return std::unexpected(target.error());
    if (!target->exists) return std::unexpected(no_such_entity(owner->kind, owner->name));
    constexpr std::array readers{read_user, read_group, read_role};
    auto record = readers.at(static_cast<std::size_t>(owner->kind))(account.records, account.environment,
                                                                    account.account_id, target->id);
    if (!record) return std::unexpected(std::move(record.error()));
    if (!*record) return std::unexpected(no_such_entity(owner->kind, owner->name));
    return std::move(**record);
}

Result<ReportSubject> read_report_subject(const AccountView& account, std::string_view arn) {
    return place_of(arn) ? policy_subject(account, arn) : identity_subject(account, arn);
}

}  // namespace writ::directory
