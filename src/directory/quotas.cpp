#include "directory/quotas.h"

#include <algorithm>
#include <string>

namespace writ::directory {
namespace {

// Spec 8.2 and 1.4. Keys marked [I] there are inferred. Inline policy sizes are reported in a text of their
// own, versions too: their keys are for configuration only.
constexpr std::array<QuotaFact, quota_count> facts{{
    {Quota::users_per_account, "UsersPerAccount", 5000},
    {Quota::groups_per_account, "GroupsPerAccount", 300},
    {Quota::roles_per_account, "RolesPerAccount", 1000},
    {Quota::policies_per_account, "PoliciesPerAccount", 1500},
    {Quota::instance_profiles_per_account, "InstanceProfilesPerAccount", 1000},
    {Quota::policies_per_user, "PoliciesPerUser", 10},
    {Quota::policies_per_group, "PoliciesPerGroup", 10},
    {Quota::policies_per_role, "PoliciesPerRole", 10},
    {Quota::groups_per_user, "GroupsPerUser", 10},
    {Quota::access_keys_per_user, "AccessKeysPerUser", 2},
    {Quota::mfa_devices_per_user, "MFADevicesPerUser", 8},
    {Quota::certificates_per_user, "CertificatesPerUser", 2},
    {Quota::ssh_public_keys_per_user, "SSHPublicKeysPerUser", 5},
    {Quota::credentials_per_service, "ContextSpecificCredentialsPerUserPerContext", 2},
    {Quota::server_certificates_per_account, "ServerCertificatesPerAccount", 20},
    {Quota::oidc_providers_per_account, "OpenIdConnectProvidersPerAccount", 100},
    {Quota::client_ids_per_oidc_provider, "ClientIdsPerOpenIdConnectProvider", 100},
    {Quota::saml_providers_per_account, "SAMLProvidersPerAccount", 100},
    {Quota::versions_per_policy, "VersionsPerPolicy", 5},
    {Quota::tags_per_user, "TagsPerUser", 50},
    {Quota::tags_per_role, "TagsPerRole", 50},
    {Quota::tags_per_policy, "TagsPerPolicy", 50},
    {Quota::tags_per_mfa_device, "TagsPerMFADevice", 50},
    {Quota::tags_per_server_certificate, "TagsPerServerCertificate", 50},
    {Quota::tags_per_oidc_provider, "TagsPerOpenIDConnectProvider", 50},
    {Quota::tags_per_saml_provider, "TagsPerSAMLProvider", 50},
    {Quota::tags_per_instance_profile, "TagsPerInstanceProfile", 50},
    {Quota::policy_size, "PolicySize", 6144},
    {Quota::user_policy_size, "UserPolicySize", 2048},
    {Quota::group_policy_size, "GroupPolicySize", 5120},
    {Quota::role_policy_size, "RolePolicySize", 10240},
    {Quota::trust_policy_size, "ACLSizePerRole", 2048},
    // Spec O5, O6; reported by ConstraintViolationException and its reason.
    {Quota::accounts_per_organization, "AccountsPerOrganization", 10},
    {Quota::units_per_organization, "OrganizationalUnitsPerOrganization", 2000},
    {Quota::unit_depth, "OrganizationalUnitDepth", 5},
    {Quota::service_control_policies, "ServiceControlPoliciesPerOrganization", 10000},
    {Quota::resource_control_policies, "ResourceControlPoliciesPerOrganization", 1000},
    {Quota::service_control_policies_per_target, "ServiceControlPoliciesPerTarget", 10},
    {Quota::resource_control_policies_per_target, "ResourceControlPoliciesPerTarget", 5},
    {Quota::service_control_policy_size, "ServiceControlPolicySize", 10240},
    {Quota::resource_control_policy_size, "ResourceControlPolicySize", 5120},
    {Quota::tags_per_organization_resource, "TagsPerOrganizationResource", 50},
    {Quota::created_account_age_days_min, "CreatedAccountAgeDays", 4},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < facts.size(); ++i) {
        if (static_cast<std::size_t>(facts[i].quota) != i) return false;
    }
    return true;
}
static_assert(in_order());

}  // namespace

const std::array<QuotaFact, quota_count>& quota_facts() noexcept {
    return facts;
}

Quotas::Quotas() noexcept {
    for (const QuotaFact& fact : facts) set(fact.quota, fact.standard);
}

bool Quotas::set(std::string_view key, std::int64_t limit) noexcept {
    const auto* fact = std::ranges::find(facts, key, &QuotaFact::key);
    if (fact == facts.end()) return false;
    set(fact->quota, limit);
    return true;
}

Result<void> within(const Quotas& quotas, Quota quota, std::int64_t used) {
    const std::int64_t limit = quotas[quota];
    if (used <= limit) return {};
    std::string text = "Cannot exceed quota for ";
    text.append(facts[static_cast<std::size_t>(quota)].key).append(": ").append(std::to_string(limit));
    return fail("LimitExceeded", 409, std::move(text));
}

}  // namespace writ::directory
