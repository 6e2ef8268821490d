#include "directory/accounts/account_summary.h"

#include <algorithm>
#include <array>
#include <utility>

#include "directory/accounts/sts_preferences.h"
#include "directory/internal/counters.h"
#include "directory/internal/failures.h"
#include "directory/internal/policies/policy_usage.h"
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
    {"ServerCertificatesQuota", Quota::server_certificates_per_account},
    {"SigningCertificatesPerUserQuota", Quota::certificates_per_user},
});

/// What never changes here: limits that no configuration moves, and what no account can have yet.
constexpr auto fixed = std::to_array<SummaryEntry>({
    {"PolicyVersionsInUseQuota", 10000},
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

/// What root has, as 0 or 1.
template <class Record>
Result<void> add_of_root(const AccountView& account, std::string_view key, Entries& entries) {
    const auto count = account.records.count<Record>(
        Record::by_owner, {.equal = {account.account_id, account.account_id}, .rows_max = 1});
    if (!count) return std::unexpected(to_error(count.error()));
    entries.push_back({key, *count > 0 ? 1 : 0});
    return {};
}

/// A login profile, which is all that root has of a password (spec B27).
Result<void> add_root_password(const AccountView& account, Entries& entries) {
    const auto profiles = account.records.count<store::RootRecovery>(store::RootRecovery::by_account,
                                                                     {.equal = {account.account_id}});
    if (!profiles) return std::unexpected(to_error(profiles.error()));
    entries.push_back({"AccountPasswordPresent", *profiles > 0 ? 1 : 0});
    return {};
}

/// Adds to an entry the rows of a kind that has no counter, of which there are few.
template <class Record>
Result<void> add_rows(const AccountView& account, const store::Index& index, SummaryEntry& entry) {
    const auto count = account.records.count<Record>(index, {.equal = {account.account_id}});
    if (!count) return std::unexpected(to_error(count.error()));
    entry.value += static_cast<std::int64_t>(*count);
    return {};
}

Result<void> add_certificates_and_providers(const AccountView& account, Entries& entries) {
    SummaryEntry certificates{"ServerCertificates", 0};
    SummaryEntry providers{"Providers", 0};
    auto added = add_rows<store::ServerCertificate>(account, store::ServerCertificate::by_name, certificates);
    if (added) added = add_rows<store::OidcProvider>(account, store::OidcProvider::by_url, providers);
    if (added) added = add_rows<store::SamlProvider>(account, store::SamlProvider::by_name, providers);
    entries.push_back(certificates);
    entries.push_back(providers);
    return added;
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
    const auto token_version = get_global_token_version(account);
    if (!token_version) return std::unexpected(token_version.error());
    entries.push_back({"GlobalEndpointTokenVersion", *token_version});
    auto added = add_mfa_devices(account, entries);
    if (added) added = add_of_root<store::AccessKey>(account, "AccountAccessKeysPresent", entries);
    if (added) {
        added = add_of_root<store::SigningCertificate>(account, "AccountSigningCertificatesPresent", entries);
    }
    if (added) added = add_root_password(account, entries);
    if (added) added = add_certificates_and_providers(account, entries);
    if (!added) return std::unexpected(std::move(added.error()));
    std::ranges::sort(entries, {}, &SummaryEntry::key);
    return entries;
}

}  // namespace writ::directory
