#include "directory/account_summary.h"

#include <algorithm>
#include <array>

#include "directory/internal/counters.h"
#include "directory/internal/failures.h"
#include "directory/internal/policy_usage.h"
#include "store/records.h"

namespace writ::directory {
namespace {

using Entries = std::vector<SummaryEntry>;

struct CountedEntry {
    std::string_view key;
    std::string_view counter;
};
constexpr auto counted = std::to_array<CountedEntry>({
    {"Users", counter::users},
    {"Groups", counter::groups},
    {"Roles", counter::roles},
    {"Policies", counter::policies},
    {"InstanceProfiles", counter::instance_profiles},
});

struct QuotaEntry {
    std::string_view key;
    Quota quota;
};
constexpr auto limited = std::to_array<QuotaEntry>({
    {"UsersQuota", Quota::users_per_account},
    {"GroupsQuota", Quota::groups_per_account},
    {"RolesQuota", Quota::roles_per_account},
    {"PoliciesQuota", Quota::policies_per_account},
    {"PolicySizeQuota", Quota::policy_size},
    {"VersionsPerPolicyQuota", Quota::versions_per_policy},
    {"InstanceProfilesQuota", Quota::instance_profiles_per_account},
    {"AccessKeysPerUserQuota", Quota::access_keys_per_user},
    {"GroupsPerUserQuota", Quota::groups_per_user},
    {"AttachedPoliciesPerUserQuota", Quota::policies_per_user},
    {"AttachedPoliciesPerGroupQuota", Quota::policies_per_group},
    {"AttachedPoliciesPerRoleQuota", Quota::policies_per_role},
    {"UserPolicySizeQuota", Quota::user_policy_size},
    {"GroupPolicySizeQuota", Quota::group_policy_size},
    {"RolePolicySizeQuota", Quota::role_policy_size},
    {"AssumeRolePolicySizeQuota", Quota::trust_policy_size},
});

/// What never changes here: limits that no configuration moves, and what no account can have yet.
constexpr auto fixed = std::to_array<SummaryEntry>({
    {"PolicyVersionsInUseQuota", 10000},
    {"ServerCertificatesQuota", 20},
    {"SigningCertificatesPerUserQuota", 2},
    {"ServerCertificates", 0},
    {"Providers", 0},
    {"AccountPasswordPresent", 0},
    {"AccountSigningCertificatesPresent", 0},
    {"GlobalEndpointTokenVersion", 1},
});

Result<void> add_mfa_devices(const AccountView& account, Entries& entries) {
    const auto devices =
        account.records.list<store::MfaDevice>(store::MfaDevice::by_serial, {.equal = {account.account_id}});
    if (!devices) return std::unexpected(to_error(devices.error()));
    const auto owned_by_root = [&](const store::MfaDevice& device) {
        return device.owner_id == account.account_id;
    };
    const auto in_use = std::ranges::count_if(
        *devices, [](const store::MfaDevice& device) { return !device.owner_id.empty(); });
    entries.push_back({"MFADevices", static_cast<std::int64_t>(devices->size())});
    entries.push_back({"MFADevicesInUse", in_use});
    entries.push_back({"AccountMFAEnabled", std::ranges::any_of(*devices, owned_by_root) ? 1 : 0});
    return {};
}

Result<void> add_root_keys(const AccountView& account, Entries& entries) {
    const auto keys = account.records.count<store::AccessKey>(
        store::AccessKey::by_owner, {.equal = {account.account_id, account.account_id}});
    if (!keys) return std::unexpected(to_error(keys.error()));
    entries.push_back({"AccountAccessKeysPresent", *keys > 0 ? 1 : 0});
    return {};
}

}  // namespace

Result<std::vector<SummaryEntry>> get_account_summary(const AccountView& account) {
    Entries entries(fixed.begin(), fixed.end());
    for (const QuotaEntry& row : limited) {
        entries.push_back({row.key, account.environment.quotas[row.quota]});
    }
    for (const CountedEntry& row : counted) {
        const auto count = read_counter(account, row.counter);
        if (!count) return std::unexpected(count.error());
        entries.push_back({row.key, *count});
    }
    const auto usage = PolicyUsage::read(account);
    if (!usage) return std::unexpected(usage.error());
    entries.push_back({"PolicyVersionsInUse", static_cast<std::int64_t>(usage->arns().size())});
    if (auto added = add_mfa_devices(account, entries); !added) return std::unexpected(added.error());
    if (auto added = add_root_keys(account, entries); !added) return std::unexpected(added.error());
    std::ranges::sort(entries, {}, &SummaryEntry::key);
    return entries;
}

}  // namespace writ::directory
