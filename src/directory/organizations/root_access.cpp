#include "directory/organizations/root_access.h"

#include <algorithm>
#include <array>
#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/records.h"
#include "directory/internal/organizations/root_tasks.h"

namespace writ::directory::organizations {
namespace {

using store::EnabledRootAccess;
using store::RootAccessFeature;

constexpr std::string_view iam_principal = "iam.amazonaws.com";

/// Which feature lets AssumeRoot take which task policy of AWS; neither implies the other.
struct Task {
    std::string_view policy;
    RootAccessFeature feature;
};
constexpr auto tasks = std::to_array<Task>({
    {"IAMAuditRootUserCredentials", RootAccessFeature::credentials_management},
    {"IAMCreateRootUserPassword", RootAccessFeature::credentials_management},
    {"IAMDeleteRootUserCredentials", RootAccessFeature::credentials_management},
    {"S3UnlockBucketPolicy", RootAccessFeature::sessions},
    {"SQSUnlockQueuePolicy", RootAccessFeature::sessions},
});

Result<bool> administers_root_access(const AccountView& account, const store::Organization& organization) {
    if (account.account_id == organization.management_account_id) return true;
    return administers(account, organization, account.account_id, iam_principal);
}

/// The organization, when the account of the call may manage its root access and IAM may look into it.
Result<store::Organization> organization_to_manage(const AccountView& account) {
    auto found = find_organization_of(account, account.account_id);
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return refuse(fault::no_organization);
    store::Organization& organization = **found;
    const auto administers = administers_root_access(account, organization);
    if (!administers) return std::unexpected(administers.error());
    if (!*administers) return refuse(fault::no_root_administrator);
    if (organization.feature_set != store::FeatureSet::all) return refuse(fault::not_all_features);
    const auto trusted = is_trusted(account, organization, iam_principal);
    if (!trusted) return std::unexpected(trusted.error());
    if (!*trusted) return refuse(fault::iam_not_trusted);
    return std::move(organization);
}

Result<std::vector<RootAccessFeature>> enabled_features(const AccountView& account,
                                                        const store::Organization& organization) {
    const auto rows = account.records.list<EnabledRootAccess>(EnabledRootAccess::by_feature,
                                                              {.equal = {organization.organization_id}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    std::vector<RootAccessFeature> features;
    for (const EnabledRootAccess& row : *rows) features.push_back(row.feature);
    return features;
}

Result<RootAccess> answer_of(const AccountView& account, const store::Organization& organization) {
    auto enabled = enabled_features(account, organization);
    if (!enabled) return std::unexpected(std::move(enabled.error()));
    return RootAccess{organization.organization_id, std::move(*enabled)};
}

Result<bool> is_on(const AccountView& account, const EnabledRootAccess& row) {
    const auto found = account.records.find<EnabledRootAccess>(
        EnabledRootAccess::by_feature, {row.organization_id, static_cast<std::int64_t>(row.feature)});
    if (!found) return std::unexpected(to_error(found.error()));
    return found->has_value();
}

}  // namespace

std::string_view name_of(RootAccessFeature feature) noexcept {
    return feature == RootAccessFeature::credentials_management ? "RootCredentialsManagement"
                                                                : "RootSessions";
}

Result<RootAccess> get_root_access(const AccountView& account) {
    const auto organization = organization_to_manage(account);
    if (!organization) return std::unexpected(organization.error());
    return answer_of(account, *organization);
}

Result<RootAccess> enable_root_access(AccountEdit& account, RootAccessFeature feature) {
    const auto organization = organization_to_manage(account);
    if (!organization) return std::unexpected(organization.error());
    if (account.account_id != organization->management_account_id) {
        return refuse(fault::no_management_account);
    }
    const EnabledRootAccess row{.organization_id = organization->organization_id, .feature = feature};
    const auto on = is_on(account, row);
    if (!on) return std::unexpected(on.error());
    if (!*on) {
        const auto inserted = account.writes.insert(row);
        if (!inserted) return std::unexpected(to_error(inserted.error()));
    }
    return answer_of(account, *organization);
}

Result<RootAccess> disable_root_access(AccountEdit& account, RootAccessFeature feature) {
    const auto organization = organization_to_manage(account);
    if (!organization) return std::unexpected(organization.error());
    const EnabledRootAccess row{.organization_id = organization->organization_id, .feature = feature};
    const auto on = is_on(account, row);
    if (!on) return std::unexpected(on.error());
    if (*on) {
        const auto erased = account.writes.erase(row);
        if (!erased) return std::unexpected(to_error(erased.error()));
    }
    return answer_of(account, *organization);
}

Result<std::vector<std::string>> root_tasks_of(const AccountView& account,
                                               const store::Organization& organization) {
    std::vector<std::string> arns;
    if (organization.feature_set != store::FeatureSet::all) return arns;
    const auto may = administers_root_access(account, organization);
    if (!may) return std::unexpected(may.error());
    if (!*may) return arns;
    const auto trusted = is_trusted(account, organization, iam_principal);
    if (!trusted) return std::unexpected(trusted.error());
    if (!*trusted) return arns;
    const auto enabled = enabled_features(account, organization);
    if (!enabled) return std::unexpected(enabled.error());
    for (const Task& task : tasks) {
        if (std::ranges::find(*enabled, task.feature) == enabled->end()) continue;
        std::string arn = "arn:" + account.environment.partition + ":iam::aws:policy/root-task/";
        arns.push_back(arn.append(task.policy));
    }
    return arns;
}

}  // namespace writ::directory::organizations
