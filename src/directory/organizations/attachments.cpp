#include <algorithm>
#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/aws_policies.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/policy_records.h"
#include "directory/internal/paging.h"
#include "directory/organizations/policies.h"

namespace writ::directory::organizations {
namespace {

using store::OrganizationAttachment;
using Type = store::OrganizationPolicyType;

Result<Node> existing_target(const AccountView& account, const store::Organization& organization,
                             std::string_view id) {
    auto node = find_node(account, organization, id);
    if (!node) return std::unexpected(std::move(node.error()));
    if (!*node) return refuse(fault::no_target);
    return std::move(**node);
}

Result<std::vector<OrganizationAttachment>> attached_to(const AccountView& account,
                                                        const store::Organization& organization,
                                                        std::string_view target_id, Type type) {
    return result_of(account.records.list<OrganizationAttachment>(
        OrganizationAttachment::by_target, {.equal = {organization.organization_id, target_id, type}}));
}

/// Policy, target and what is attached there already.
struct Situation {
    store::Organization organization;
    PolicySummary policy;
    Node target;
    std::vector<OrganizationAttachment> attached;

    [[nodiscard]] bool is_attached() const {
        return std::ranges::find(attached, policy.id, &OrganizationAttachment::policy_id) != attached.end();
    }
    [[nodiscard]] OrganizationAttachment row() const {
        return {.organization_id = organization.organization_id,
                .target_id = target.id,
                .type = policy.type,
                .policy_id = policy.id,
                .target_kind = target.kind};
    }
};

Result<Situation> situation_of(const AccountView& account, std::string_view policy_id,
                               std::string_view target_id) {
    auto organization = own_organization(account);
    if (!organization) return std::unexpected(std::move(organization.error()));
    auto policy = summary_of(account, *organization, policy_id);
    if (!policy) return std::unexpected(std::move(policy.error()));
    auto target = existing_target(account, *organization, target_id);
    if (!target) return std::unexpected(std::move(target.error()));
    auto attached = attached_to(account, *organization, target->id, policy->type);
    if (!attached) return std::unexpected(std::move(attached.error()));
    return Situation{std::move(*organization), std::move(*policy), std::move(*target), std::move(*attached)};
}

}  // namespace

Result<void> attach_policy(AccountEdit& account, std::string_view policy_id, std::string_view target_id) {
    const auto situation = situation_of(account, policy_id, target_id);
    if (!situation) return std::unexpected(situation.error());
    const Type type = situation->policy.type;
    const auto enabled = is_enabled(account, situation->organization, type);
    if (!enabled) return std::unexpected(enabled.error());
    if (!*enabled) return refuse(fault::type_not_enabled);
    if (situation->is_attached()) return refuse(fault::duplicate_attachment);
    const Quota quota = type == Type::service_control ? Quota::service_control_policies_per_target
                                                      : Quota::resource_control_policies_per_target;
    if (static_cast<std::int64_t>(situation->attached.size()) >= account.environment.quotas[quota]) {
        return violates("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
    }
    return result_of(account.writes.insert(situation->row()));
}

Result<void> detach_policy(AccountEdit& account, std::string_view policy_id, std::string_view target_id) {
    const auto situation = situation_of(account, policy_id, target_id);
    if (!situation) return std::unexpected(situation.error());
    if (!situation->is_attached()) return refuse(fault::not_attached);
    const AwsPolicy* aws = find_aws_policy(policy_id);
    if (aws != nullptr && !aws->detachable) return bad_input("NON_DETACHABLE_POLICY");
    if (situation->attached.size() == 1) return violates("MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
    return result_of(account.writes.erase(situation->row()));
}

Result<Page<PolicySummary>> list_policies_of_target(const AccountView& account, std::string_view target_id,
                                                    KnownPolicyType type, const PageRequest& page) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto target = existing_target(account, *organization, target_id);
    if (!target) return std::unexpected(target.error());
    if (!type) return no_policies(account, "ListPoliciesForTarget", page);
    const auto rows = attached_to(account, *organization, target->id, *type);
    if (!rows) return std::unexpected(rows.error());
    std::vector<PolicySummary> summaries;
    for (const OrganizationAttachment& row : *rows) {
        auto summary = summary_of(account, *organization, row.policy_id);
        if (!summary) return std::unexpected(std::move(summary.error()));
        summaries.push_back(std::move(*summary));
    }
    const std::string filter = target->id + " " + std::string(name_of(*type));
    return page_of(account, {.operation = "ListPoliciesForTarget", .filter = filter}, page,
                   std::move(summaries), [](const PolicySummary& summary) { return summary.id; });
}

Result<Page<PolicyTarget>> list_targets_of_policy(const AccountView& account, std::string_view policy_id,
                                                  const PageRequest& page) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto policy = summary_of(account, *organization, policy_id);
    if (!policy) return std::unexpected(policy.error());
    return page_of<OrganizationAttachment, PolicyTarget>(
        account, {.operation = "ListTargetsForPolicy", .filter = policy->id}, page,
        {.index = OrganizationAttachment::by_policy,
         .equal = {organization->organization_id, policy->id},
         .order = &OrganizationAttachment::target_id,
         .keep = all_rows,
         .convert = [&](const OrganizationAttachment& row) -> Result<PolicyTarget> {
             const auto node = existing_target(account, *organization, row.target_id);
             if (!node) return std::unexpected(node.error());
             return PolicyTarget{.id = node->id,
                                 .arn = node_arn(place_of(account, *organization), node->id),
                                 .name = node->name,
                                 .kind = node->kind};
         }});
}

}  // namespace writ::directory::organizations
