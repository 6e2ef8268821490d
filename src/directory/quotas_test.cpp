#include "directory/quotas.h"

#include <gtest/gtest.h>

namespace writ::directory {
namespace {

struct Row {
    Quota quota;
    std::int64_t standard;
    const char* message;
};

// Spec 8.2 and 1.4.
constexpr auto rows = std::to_array<Row>({
    {Quota::users_per_account, 5000, "Cannot exceed quota for UsersPerAccount: 5000"},
    {Quota::groups_per_account, 300, "Cannot exceed quota for GroupsPerAccount: 300"},
    {Quota::roles_per_account, 1000, "Cannot exceed quota for RolesPerAccount: 1000"},
    {Quota::policies_per_account, 1500, "Cannot exceed quota for PoliciesPerAccount: 1500"},
    {Quota::instance_profiles_per_account, 1000, "Cannot exceed quota for InstanceProfilesPerAccount: 1000"},
    {Quota::policies_per_user, 10, "Cannot exceed quota for PoliciesPerUser: 10"},
    {Quota::policies_per_group, 10, "Cannot exceed quota for PoliciesPerGroup: 10"},
    {Quota::policies_per_role, 10, "Cannot exceed quota for PoliciesPerRole: 10"},
    {Quota::groups_per_user, 10, "Cannot exceed quota for GroupsPerUser: 10"},
    {Quota::access_keys_per_user, 2, "Cannot exceed quota for AccessKeysPerUser: 2"},
    {Quota::mfa_devices_per_user, 8, "Cannot exceed quota for MFADevicesPerUser: 8"},
    {Quota::certificates_per_user, 2, "Cannot exceed quota for CertificatesPerUser: 2"},
    {Quota::ssh_public_keys_per_user, 5, "Cannot exceed quota for SSHPublicKeysPerUser: 5"},
    {Quota::credentials_per_service, 2,
     "Cannot exceed quota for ContextSpecificCredentialsPerUserPerContext: 2"},
    {Quota::server_certificates_per_account, 20, "Cannot exceed quota for ServerCertificatesPerAccount: 20"},
    {Quota::oidc_providers_per_account, 100, "Cannot exceed quota for OpenIdConnectProvidersPerAccount: 100"},
    {Quota::client_ids_per_oidc_provider, 100,
     "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100"},
    {Quota::saml_providers_per_account, 100, "Cannot exceed quota for SAMLProvidersPerAccount: 100"},
    {Quota::tags_per_server_certificate, 50, "Cannot exceed quota for TagsPerServerCertificate: 50"},
    {Quota::tags_per_oidc_provider, 50, "Cannot exceed quota for TagsPerOpenIDConnectProvider: 50"},
    {Quota::tags_per_saml_provider, 50, "Cannot exceed quota for TagsPerSAMLProvider: 50"},
    {Quota::tags_per_mfa_device, 50, "Cannot exceed quota for TagsPerMFADevice: 50"},
    {Quota::tags_per_instance_profile, 50, "Cannot exceed quota for TagsPerInstanceProfile: 50"},
    {Quota::tags_per_user, 50, "Cannot exceed quota for TagsPerUser: 50"},
    {Quota::tags_per_role, 50, "Cannot exceed quota for TagsPerRole: 50"},
    {Quota::tags_per_policy, 50, "Cannot exceed quota for TagsPerPolicy: 50"},
    {Quota::policy_size, 6144, "Cannot exceed quota for PolicySize: 6144"},
    {Quota::trust_policy_size, 2048, "Cannot exceed quota for ACLSizePerRole: 2048"},
});

TEST(QuotasTest, HaveTheStandardLimitsAndTellThemByTheirKeys) {
    const Quotas quotas;
    for (const Row& row : rows) {
        SCOPED_TRACE(row.message);
        EXPECT_EQ(quotas[row.quota], row.standard);
        EXPECT_TRUE(within(quotas, row.quota, row.standard));
        EXPECT_EQ(within(quotas, row.quota, row.standard + 1).error(),
                  (Error{"LimitExceeded", 409, row.message}));
    }
}

TEST(QuotasTest, HaveLimitsForInlinePoliciesAndVersions) {
    const Quotas quotas;
    EXPECT_EQ(quotas[Quota::user_policy_size], 2048);
    EXPECT_EQ(quotas[Quota::group_policy_size], 5120);
    EXPECT_EQ(quotas[Quota::role_policy_size], 10240);
    EXPECT_EQ(quotas[Quota::versions_per_policy], 5);
}

TEST(QuotasTest, CanBeRaisedByKey) {
    Quotas quotas;
    EXPECT_TRUE(quotas.set("PoliciesPerRole", 20));
    EXPECT_EQ(quotas[Quota::policies_per_role], 20);
    EXPECT_EQ(within(quotas, Quota::policies_per_role, 21).error().message,
              "Cannot exceed quota for PoliciesPerRole: 20");
    EXPECT_FALSE(quotas.set("policiesperrole", 20));
}

TEST(QuotasTest, AreListedInTheOrderOfTheEnumeration) {
    std::size_t position = 0;
    for (const QuotaFact& fact : quota_facts()) {
        EXPECT_EQ(static_cast<std::size_t>(fact.quota), position++);
        EXPECT_FALSE(fact.key.empty());
    }
}

}  // namespace
}  // namespace writ::directory
