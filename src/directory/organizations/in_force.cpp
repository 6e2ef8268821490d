#include "directory/organizations/in_force.h"

#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/aws_policies.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/paths.h"
#include "directory/internal/organizations/policy_records.h"
#include "directory/internal/organizations/records.h"
#include "directory/internal/organizations/root_tasks.h"

namespace writ::directory::organizations {
namespace {

using store::OrganizationPolicyType;

/// An attached policy exists: it cannot be deleted while it is. Should it be missing all the same, its
/// denials are not known, so nothing can be said about the account.
Result<PolicyInForce> policy_in_force(const AccountView& account, const store::Organization& organization,
                                      const store::OrganizationAttachment& row) {
    if (const AwsPolicy* aws = find_aws_policy(row.policy_id)) {
        return PolicyInForce{
            .policy_id = row.policy_id, .name = std::string(aws->name), .arn = std::string(aws->arn)};
    }
    const auto record = find_policy(account, organization, row.policy_id);
    if (!record) return std::unexpected(record.error());
    if (!*record) return corrupt("an attached policy does not exist");
    return PolicyInForce{.policy_id = row.policy_id,
                         .name = (*record)->name,
                         .arn = to_summary(account, organization, **record).arn,
                         .revision = (*record)->revision};
}

Result<LevelInForce> level_of(const AccountView& account, const store::Organization& organization,
                              const Node& node) {
    const auto rows = account.records.list<store::OrganizationAttachment>(
        store::OrganizationAttachment::by_target, {.equal = {organization.organization_id, node.id}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    LevelInForce level;
    for (const store::OrganizationAttachment& row : *rows) {
        auto policy = policy_in_force(account, organization, row);
        if (!policy) return std::unexpected(std::move(policy.error()));
        auto& policies = row.type == OrganizationPolicyType::service_control ? level.service_control
                                                                             : level.resource_control;
        policies.push_back(std::move(*policy));
    }
    return level;
}

Result<void> add_levels(const AccountView& account, const store::Organization& organization,
                        const std::vector<Node>& path, Membership& membership) {
    const auto types = enabled_types(account, organization);
    if (!types) return std::unexpected(types.error());
    for (const OrganizationPolicyType type : *types) {
        (type == OrganizationPolicyType::service_control ? membership.has_service_control
                                                         : membership.has_resource_control) = true;
    }
    if (types->empty()) return {};
    for (const Node& node : path) {
        auto level = level_of(account, organization, node);
        if (!level) return std::unexpected(std::move(level.error()));
        membership.levels.push_back(std::move(*level));
    }
    return {};
}

Result<void> add_delegation(const AccountView& account, const store::Organization& organization,
                            Membership& membership) {
    const auto services = account.records.count<store::DelegatedAdministrator>(
        store::DelegatedAdministrator::by_account,
        {.equal = {organization.organization_id, membership.account_id}, .rows_max = 1});
    if (!services) return std::unexpected(to_error(services.error()));
    membership.delegated_administrator = *services > 0;
    auto policy = account.records.find<store::OrganizationResourcePolicy>(
        store::OrganizationResourcePolicy::by_organization, {organization.organization_id});
    if (!policy) return std::unexpected(to_error(policy.error()));
    if (*policy) membership.resource_policy = std::move((*policy)->content);
    return {};
}

Result<void> add_organization(const AccountView& account, const store::OrganizationMember& member,
                              Membership& membership) {
    const auto found = organization_of(account, member);
    if (!found) return std::unexpected(found.error());
    const store::Organization& organization = *found;
    membership.organization_id = organization.organization_id;
    membership.management_account_id = organization.management_account_id;
    auto path = path_to(account, organization,
                        {member.account_id, store::PolicyTargetKind::account, {}, member.parent_id});
    if (!path) return std::unexpected(path.error());
    const bool manages = membership.account_id == organization.management_account_id;
    if (!manages) {  // Its own policies never hold for the management account (spec 5.2).
        if (auto added = add_levels(account, organization, *path, membership); !added) return added;
        if (auto added = add_delegation(account, organization, membership); !added) return added;
    }
    auto tasks = root_tasks_of(account, organization);
    if (!tasks) return std::unexpected(std::move(tasks.error()));
    membership.root_tasks = std::move(*tasks);
    path->pop_back();
    membership.parent_path = path_text(organization, *path);
    return {};
}

}  // namespace

Result<Membership> read_membership(store::Reader& records, const Environment& environment,
                                   std::string_view account_id) {
    const AccountView account{records, std::string(account_id), environment};
    Membership membership{.account_id = account.account_id};
    const auto record = find_account(account, account_id);
    if (!record) return std::unexpected(record.error());
    membership.closed = *record && (*record)->closed_at.has_value();
    const auto member =
        records.find<store::OrganizationMember>(store::OrganizationMember::by_account, {account_id});
    if (!member) return std::unexpected(to_error(member.error()));
    if (!*member) return membership;
    if (auto added = add_organization(account, **member, membership); !added) {
        return std::unexpected(std::move(added.error()));
    }
    return membership;
}

Result<std::optional<std::string>> read_policy_content(store::Reader& records,
                                                       std::string_view organization_id,
                                                       std::string_view policy_id) {
    auto row = records.find<store::OrganizationPolicy>(store::OrganizationPolicy::by_id,
                                                       {organization_id, policy_id});
    if (!row) return std::unexpected(to_error(row.error()));
    if (!*row) return std::nullopt;
    return std::move((*row)->content);
}

}  // namespace writ::directory::organizations
