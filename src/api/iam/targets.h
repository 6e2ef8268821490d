#pragma once

#include "api/operation.h"

/// What the operations of IAM are about: the rules for `Operation::target`. How denials name it is in spec
/// 6.1: entities by kind and the name that was given, what is to be created by its ARN.
namespace writ::api::iam {

using View = directory::AccountView;

/// UserName, GroupName, RoleName.
[[nodiscard]] Result<Target> on_user(const View& account, const Call& call);
[[nodiscard]] Result<Target> on_group(const View& account, const Call& call);
[[nodiscard]] Result<Target> on_role(const View& account, const Call& call);
/// Without UserName the caller, who must be a user or root then.
[[nodiscard]] Result<Target> on_user_or_caller(const View& account, const Call& call);
/// The calling user; of callers who are none, themselves (spec B11).
[[nodiscard]] Result<Target> on_own_password(const View& account, const Call& call);
/// Without UserName the caller. Root names itself by its account id (UserName is required to enable a
/// device).
[[nodiscard]] Result<Target> on_mfa_owner(const View& account, const Call& call);
/// SerialNumber of a virtual MFA device.
[[nodiscard]] Result<Target> on_mfa_device(const View& account, const Call& call);
[[nodiscard]] Result<Target> on_new_mfa_device(const Call& call);
/// ServerCertificateName.
[[nodiscard]] Result<Target> on_server_certificate(const View& account, const Call& call);
/// OpenIDConnectProviderArn, SAMLProviderArn.
[[nodiscard]] Result<Target> on_oidc_provider(const View& account, const Call& call);
[[nodiscard]] Result<Target> on_saml_provider(const View& account, const Call& call);
/// The user or the caller, with the service of ServiceSpecificCredentialId.
[[nodiscard]] Result<Target> on_service_credential(const View& account, const Call& call);
/// The same user, or with AllUsers every user of the account.
[[nodiscard]] Result<Target> on_service_credentials(const View& account, const Call& call);
/// InstanceProfileName.
[[nodiscard]] Result<Target> on_instance_profile(const View& account, const Call& call);
/// The same with the role of RoleName as companion.
[[nodiscard]] Result<Target> on_instance_profile_and_role(const View& account, const Call& call);
/// PolicyArn.
[[nodiscard]] Result<Target> on_policy(const View& account, const Call& call);
/// The user, group or role of PolicySourceArn, or of Arn.
[[nodiscard]] Result<Target> on_policy_source(const View& account, const Call& call);
/// The user, group, role or managed policy of Arn.
[[nodiscard]] Result<Target> on_report_subject(const View& account, const Call& call);
/// EntityPath.
[[nodiscard]] Result<Target> on_organizations_entity(const Call& call);
/// What a report about an organization shows must be allowed to be read there, too.
[[nodiscard]] std::vector<FurtherDemand> on_reported_organization(const Call& call, const Target& entity);
/// The user who owns AccessKeyId (spec 8.7).
[[nodiscard]] Result<Target> on_access_key_owner(const View& account, const Call& call);

/// The delegation request of DelegationRequestId or EntityArn, with what everybody may do who owns it, or who
/// knows of it while nobody does. Its ARN has the account of the caller: whose request it is otherwise is
/// nothing to others.
[[nodiscard]] Result<Target> on_delegation_request(const View& account, const Call& call);
[[nodiscard]] Result<Target> on_new_delegation_request(const Call& call);
/// Every request of the account; everybody may list the own ones.
[[nodiscard]] Result<Target> on_delegation_requests(const Call& call);
/// TemplateArn, and the roles that could be made from it.
[[nodiscard]] Result<Target> on_role_template(const Call& call);
[[nodiscard]] Result<Target> on_role_of_template(const Call& call);

/// What would come into being under Path and name (spec B7).
[[nodiscard]] Result<Target> on_new_user(const Call& call);
[[nodiscard]] Result<Target> on_new_group(const Call& call);
[[nodiscard]] Result<Target> on_new_role(const Call& call);
[[nodiscard]] Result<Target> on_new_policy(const Call& call);
[[nodiscard]] Result<Target> on_new_server_certificate(const Call& call);
[[nodiscard]] Result<Target> on_new_oidc_provider(const Call& call);
[[nodiscard]] Result<Target> on_new_saml_provider(const Call& call);
[[nodiscard]] Result<Target> on_new_instance_profile(const Call& call);

/// The role of AWSServiceName and CustomSuffix, and the one that DeletionTaskId speaks of.
[[nodiscard]] Result<Target> on_new_service_linked_role(const View& account, const Call& call);
[[nodiscard]] Result<Target> on_deleted_service_linked_role(const View& account, const Call& call);

/// Lists: the common beginning of what is listed (spec R9, ?6), PathPrefix included.
[[nodiscard]] Result<Target> on_users(const Call& call);
[[nodiscard]] Result<Target> on_groups(const Call& call);
[[nodiscard]] Result<Target> on_roles(const Call& call);
[[nodiscard]] Result<Target> on_policies(const Call& call);
[[nodiscard]] Result<Target> on_instance_profiles(const Call& call);

/// Renaming or moving needs the permission on the new ARN too, or it would be a way around the limits of the
/// old one.
[[nodiscard]] std::vector<FurtherDemand> on_renamed_user(const Call& call, const Target& user);
[[nodiscard]] std::vector<FurtherDemand> on_renamed_group(const Call& call, const Target& group);
[[nodiscard]] std::vector<FurtherDemand> on_renamed_server_certificate(const Call& call,
                                                                       const Target& certificate);

/// Creating with tags needs the permission to tag too, as in AWS [O:SDKT].
[[nodiscard]] std::vector<FurtherDemand> on_tagged_user(const Call& call, const Target& user);
[[nodiscard]] std::vector<FurtherDemand> on_tagged_role(const Call& call, const Target& role);
[[nodiscard]] std::vector<FurtherDemand> on_tagged_policy(const Call& call, const Target& policy);
[[nodiscard]] std::vector<FurtherDemand> on_tagged_mfa_device(const Call& call, const Target& device);
[[nodiscard]] std::vector<FurtherDemand> on_tagged_server_certificate(const Call& call,
                                                                      const Target& certificate);
[[nodiscard]] std::vector<FurtherDemand> on_tagged_oidc_provider(const Call& call, const Target& provider);
[[nodiscard]] std::vector<FurtherDemand> on_tagged_saml_provider(const Call& call, const Target& provider);
[[nodiscard]] std::vector<FurtherDemand> on_tagged_instance_profile(const Call& call, const Target& profile);

/// iam:PassRole on the role that goes along (spec A5, N8): an instance profile hands it to EC2.
[[nodiscard]] std::vector<FurtherDemand> on_passed_role(const Call& call, const Target& profile);

}  // namespace writ::api::iam
