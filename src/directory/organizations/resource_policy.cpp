#include <algorithm>
#include <array>
#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/ids.h"
#include "directory/internal/organizations/node_tags.h"
#include "directory/internal/organizations/records.h"
#include "directory/organizations/delegation.h"
#include "policy/parse.h"
#include "policy/validate.h"
#include "reference/authorization.h"

namespace writ::directory::organizations {
namespace {

/// What a delegation policy may speak of (Organizations User Guide, delegated administrator).
constexpr auto delegable = std::to_array<std::string_view>({
    "organizations:AttachPolicy",
    "organizations:CreatePolicy",
    "organizations:DeletePolicy",
    "organizations:DescribeAccount",
    "organizations:DescribeCreateAccountStatus",
    "organizations:DescribeEffectivePolicy",
    "organizations:DescribeHandshake",
    "organizations:DescribeOrganization",
    "organizations:DescribeOrganizationalUnit",
    "organizations:DescribePolicy",
    "organizations:DescribeResourcePolicy",
    "organizations:DetachPolicy",
    "organizations:DisablePolicyType",
    "organizations:EnablePolicyType",
    "organizations:ListAWSServiceAccessForOrganization",
    "organizations:ListAccounts",
    "organizations:ListAccountsForParent",
    "organizations:ListChildren",
    "organizations:ListCreateAccountStatus",
    "organizations:ListDelegatedAdministrators",
    "organizations:ListDelegatedServicesForAccount",
    "organizations:ListHandshakesForAccount",
    "organizations:ListHandshakesForOrganization",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListParents",
    "organizations:ListPolicies",
    "organizations:ListPoliciesForTarget",
    "organizations:ListRoots",
    "organizations:ListTagsForResource",
    "organizations:ListTargetsForPolicy",
    "organizations:TagResource",
    "organizations:UntagResource",
    "organizations:UpdatePolicy",
});
static_assert(std::ranges::is_sorted(delegable));

/// Every action that the pattern stands for; one that stands for none is not supported either.
bool is_delegable(std::string_view pattern) {
    const auto actions = reference::expand_action(pattern);
    return !actions.empty() && std::ranges::all_of(actions, [](const reference::Action* action) {
        return std::ranges::binary_search(delegable, action->name);
    });
}

/// The elements NotAction and NotResource are refused since June 2026.
Result<void> check_statement(const policy::Statement& statement) {
    if (!statement.action || statement.action->negated ||
        (statement.resource && statement.resource->negated)) {
        return bad_input("INVALID_RESOURCE_POLICY_JSON");
    }
    for (const policy::Scalar& pattern : statement.action->patterns) {
        if (!is_delegable(pattern.text)) return bad_input("UNSUPPORTED_ACTION_IN_RESOURCE_POLICY");
    }
    return {};
}

Result<void> check_content(std::string_view content) {
    const auto document = policy::parse(content, {.type = policy::PolicyType::resource});
    if (!document) return bad_input("INVALID_RESOURCE_POLICY_JSON");
    if (!policy::validate(**document, {.type = policy::PolicyType::resource}).empty()) {
        return bad_input("INVALID_RESOURCE_POLICY_JSON");
    }
    for (const policy::Statement& statement : (*document)->statements()) {
        if (auto good = check_statement(statement); !good) return good;
    }
    return {};
}

Result<std::optional<store::OrganizationResourcePolicy>> find_row(const AccountView& account,
                                                                  const store::Organization& organization) {
    return result_of(account.records.find<store::OrganizationResourcePolicy>(
        store::OrganizationResourcePolicy::by_organization, {organization.organization_id}));
}

ResourcePolicy to_policy(const AccountView& account, const store::Organization& organization,
                         store::OrganizationResourcePolicy row) {
    std::string arn = resource_policy_arn(place_of(account, organization), row.policy_id);
    return {std::move(row.policy_id), std::move(arn), std::move(row.content)};
}

}  // namespace

Result<ResourcePolicy> put_resource_policy(AccountEdit& account, std::string_view content,
                                           const std::vector<Tag>& tags) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    if (organization->feature_set != store::FeatureSet::all) {
        return violates("ORGANIZATION_NOT_IN_ALL_FEATURES_MODE");
    }
    if (auto good = check_content(content); !good) return std::unexpected(std::move(good.error()));
    auto row = find_row(account, *organization);
    if (!row) return std::unexpected(std::move(row.error()));
    const bool is_new = !*row;
    if (!is_new && !tags.empty()) return bad_input("TARGET_NOT_SUPPORTED");
    store::OrganizationResourcePolicy record =
        is_new ? store::OrganizationResourcePolicy{.organization_id = organization->organization_id,
                                                   .policy_id =
                                                       new_resource_policy_id(account.environment.random),
                                                   .content = {}}
               : std::move(**row);
    record.content = content;
    auto written = result_of(is_new ? account.writes.insert(record) : account.writes.update(record));
    if (written) written = put_resource_tags(account, *organization, record.policy_id, tags);
    if (!written) return std::unexpected(std::move(written.error()));
    return to_policy(account, *organization, std::move(record));
}

Result<ResourcePolicy> get_resource_policy(const AccountView& account) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    auto row = find_row(account, *organization);
    if (!row) return std::unexpected(std::move(row.error()));
    if (!*row) return refuse(fault::no_resource_policy);
    return to_policy(account, *organization, std::move(**row));
}

Result<void> delete_resource_policy(AccountEdit& account) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto row = find_row(account, *organization);
    if (!row) return std::unexpected(row.error());
    if (!*row) return refuse(fault::no_resource_policy);
    if (auto erased = erase_resource_tags(account, *organization, (*row)->policy_id); !erased) return erased;
    return result_of(account.writes.erase(**row));
}

}  // namespace writ::directory::organizations
