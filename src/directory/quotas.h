#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace writ::directory {

/// Limits that an account or an organization may have raised (spec 8.2, 1.4, 9.1).
enum class Quota : std::uint8_t {
    users_per_account,
    groups_per_account,
    roles_per_account,
    policies_per_account,
    instance_profiles_per_account,
    policies_per_user,
    policies_per_group,
    policies_per_role,
    groups_per_user,
    access_keys_per_user,
    mfa_devices_per_user,
    certificates_per_user,
    ssh_public_keys_per_user,
    credentials_per_service,
    server_certificates_per_account,
    oidc_providers_per_account,
    client_ids_per_oidc_provider,
    saml_providers_per_account,
    versions_per_policy,
    tags_per_user,
    tags_per_role,
    tags_per_policy,
    tags_per_mfa_device,
    tags_per_server_certificate,
    tags_per_oidc_provider,
    tags_per_saml_provider,
    tags_per_instance_profile,
    policy_size,
    user_policy_size,
    group_policy_size,
    role_policy_size,
    trust_policy_size,
    // Of an organization (spec O5, O6).
    accounts_per_organization,
    units_per_organization,
    unit_depth,
    service_control_policies,
    resource_control_policies,
    service_control_policies_per_target,
    resource_control_policies_per_target,
    service_control_policy_size,
    resource_control_policy_size,
    tags_per_organization_resource,
    created_account_age_days_min,
};

struct QuotaFact {
    Quota quota;
    std::string_view key;  ///< As the message names it: "Cannot exceed quota for KEY: N".
    std::int64_t standard;
};

inline constexpr std::size_t quota_count = static_cast<std::size_t>(Quota::created_account_age_days_min) + 1;

/// All quotas in the order of the enumeration.
[[nodiscard]] const std::array<QuotaFact, quota_count>& quota_facts() noexcept;

/// The limits in force. A value; changed by configuration before it is shared.
class Quotas {
  public:
    Quotas() noexcept;
    [[nodiscard]] std::int64_t operator[](Quota quota) const noexcept {
        return limits_[static_cast<std::size_t>(quota)];
    }
    void set(Quota quota, std::int64_t limit) noexcept { limits_[static_cast<std::size_t>(quota)] = limit; }
    /// By the key of its message; false when there is no such quota.
    bool set(std::string_view key, std::int64_t limit) noexcept;

  private:
    std::array<std::int64_t, quota_count> limits_{};
};

/// LimitExceeded 409 when `used` things are more than the quota allows.
[[nodiscard]] Result<void> within(const Quotas& quotas, Quota quota, std::int64_t used);

}  // namespace writ::directory
