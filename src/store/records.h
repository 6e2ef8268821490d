#pragma once

#include "store/records/access_key.h"
#include "store/records/account.h"
#include "store/records/account_alias.h"
#include "store/records/account_creation.h"
#include "store/records/audit_batch.h"
#include "store/records/audit_event.h"
#include "store/records/certificate.h"
#include "store/records/counter.h"
#include "store/records/custom_service.h"
#include "store/records/delegation.h"
#include "store/records/delegation_request.h"
#include "store/records/denial.h"
#include "store/records/group.h"
#include "store/records/guarded_resource.h"
#include "store/records/handshake.h"
#include "store/records/identity_provider.h"
#include "store/records/instance_profile.h"
#include "store/records/mfa_device.h"
#include "store/records/organization.h"
#include "store/records/organization_policy.h"
#include "store/records/outbound_federation.h"
#include "store/records/password.h"
#include "store/records/policy.h"
#include "store/records/principal_policies.h"
#include "store/records/recorded_use.h"
#include "store/records/role.h"
#include "store/records/root_access.h"
#include "store/records/service_credential.h"
#include "store/records/service_use.h"
#include "store/records/ssh_public_key.h"
#include "store/records/sts_preferences.h"
#include "store/records/tag.h"
#include "store/records/task.h"
#include "store/records/user.h"

namespace writ::store {

/// Every table there is. A new kind of entity adds its record here and a migration that makes its table.
inline constexpr auto all_tables = std::to_array<const Table*>({
    &table_of<Account>,
    &table_of<AccountAlias>,
    &table_of<User>,
    &table_of<Group>,
    &table_of<Membership>,
    &table_of<Role>,
    &table_of<InstanceProfile>,
    &table_of<Policy>,
    &table_of<PolicyVersion>,
    &table_of<Attachment>,
    &table_of<InlinePolicy>,
    &table_of<AccessKey>,
    &table_of<LastUse>,
    &table_of<MfaDevice>,
    &table_of<PasswordPolicy>,
    &table_of<StsPreferences>,
    &table_of<OutboundFederation>,
    &table_of<OutboundKey>,
    &table_of<LoginProfile>,
    &table_of<RootRecovery>,
    &table_of<FormerPassword>,
    &table_of<Tag>,
    &table_of<Counter>,
    &table_of<SigningCertificate>,
    &table_of<ServerCertificate>,
    &table_of<SshPublicKey>,
    &table_of<ServiceCredential>,
    &table_of<OidcProvider>,
    &table_of<OidcValue>,
    &table_of<SamlProvider>,
    &table_of<SamlPrivateKey>,
    &table_of<Organization>,
    &table_of<EnabledPolicyType>,
    &table_of<EnabledRootAccess>,
    &table_of<OrganizationalUnit>,
    &table_of<OrganizationMember>,
    &table_of<OrganizationPolicy>,
    &table_of<OrganizationAttachment>,
    &table_of<OrganizationResourcePolicy>,
    &table_of<TrustedService>,
    &table_of<DelegatedAdministrator>,
    &table_of<AccountCreation>,
    &table_of<Handshake>,
    &table_of<DelegationRequest>,
    &table_of<Task>,
    &table_of<ServiceUse>,
    &table_of<ReportedAccess>,
    &table_of<RecordedUse>,
    &table_of<Denial>,
    &table_of<AuditEvent>,
    &table_of<AuditBatch>,
    &table_of<CustomService>,
    &table_of<ResourcePolicy>,
    &table_of<ResourceTag>,
    &table_of<ResourceFact>,
});

}  // namespace writ::store
