#pragma once

#include "api/operation.h"

/// The operations of IAM, a file a family.
namespace writ::api::iam {

using View = directory::AccountView;
using Edit = directory::AccountEdit;

// users.cpp
Result<Output> create_user(Edit& account, const Call& call);
Result<Output> get_user(const View& account, const Call& call);
Result<Output> update_user(Edit& account, const Call& call);
Result<Output> delete_user(Edit& account, const Call& call);
Result<Output> list_users(const View& account, const Call& call);

// groups.cpp
Result<Output> create_group(Edit& account, const Call& call);
Result<Output> get_group(const View& account, const Call& call);
Result<Output> update_group(Edit& account, const Call& call);
Result<Output> delete_group(Edit& account, const Call& call);
Result<Output> list_groups(const View& account, const Call& call);
Result<Output> list_groups_for_user(const View& account, const Call& call);
Result<Output> add_user_to_group(Edit& account, const Call& call);
Result<Output> remove_user_from_group(Edit& account, const Call& call);

// roles.cpp
Result<Output> create_role(Edit& account, const Call& call);
Result<Output> get_role(const View& account, const Call& call);
Result<Output> update_role(Edit& account, const Call& call);
Result<Output> update_role_description(Edit& account, const Call& call);
Result<Output> update_assume_role_policy(Edit& account, const Call& call);
Result<Output> delete_role(Edit& account, const Call& call);
Result<Output> list_roles(const View& account, const Call& call);

// policies.cpp
Result<Output> create_policy(Edit& account, const Call& call);
Result<Output> get_policy(const View& account, const Call& call);
Result<Output> delete_policy(Edit& account, const Call& call);
Result<Output> list_policies(const View& account, const Call& call);

// policy_versions.cpp
Result<Output> create_policy_version(Edit& account, const Call& call);
Result<Output> get_policy_version(const View& account, const Call& call);
Result<Output> delete_policy_version(Edit& account, const Call& call);
Result<Output> list_policy_versions(const View& account, const Call& call);
Result<Output> set_default_policy_version(Edit& account, const Call& call);

// attachments.cpp: of users, groups and roles
Result<Output> attach_policy(Edit& account, const Call& call);
Result<Output> detach_policy(Edit& account, const Call& call);
Result<Output> list_attached_policies(const View& account, const Call& call);
Result<Output> list_entities_for_policy(const View& account, const Call& call);

// boundaries.cpp: of users and roles
Result<Output> put_permissions_boundary(Edit& account, const Call& call);
Result<Output> delete_permissions_boundary(Edit& account, const Call& call);

// inline_policies.cpp: of users, groups and roles
Result<Output> put_inline_policy(Edit& account, const Call& call);
Result<Output> get_inline_policy(const View& account, const Call& call);
Result<Output> delete_inline_policy(Edit& account, const Call& call);
Result<Output> list_inline_policies(const View& account, const Call& call);

// access_keys.cpp
Result<Output> create_access_key(Edit& account, const Call& call);
Result<Output> update_access_key(Edit& account, const Call& call);
Result<Output> delete_access_key(Edit& account, const Call& call);
Result<Output> list_access_keys(const View& account, const Call& call);
Result<Output> get_access_key_last_used(const View& account, const Call& call);

// mfa_devices.cpp
Result<Output> create_virtual_mfa_device(Edit& account, const Call& call);
Result<Output> list_virtual_mfa_devices(const View& account, const Call& call);
Result<Output> enable_mfa_device(Edit& account, const Call& call);
Result<Output> resync_mfa_device(Edit& account, const Call& call);
Result<Output> deactivate_mfa_device(Edit& account, const Call& call);
Result<Output> delete_virtual_mfa_device(Edit& account, const Call& call);
Result<Output> list_mfa_devices(const View& account, const Call& call);
Result<Output> get_mfa_device(const View& account, const Call& call);

// account_aliases.cpp
Result<Output> create_account_alias(Edit& account, const Call& call);
Result<Output> delete_account_alias(Edit& account, const Call& call);
Result<Output> list_account_aliases(const View& account, const Call& call);

// password_policy.cpp
Result<Output> get_account_password_policy(const View& account, const Call& call);
Result<Output> update_account_password_policy(Edit& account, const Call& call);
Result<Output> delete_account_password_policy(Edit& account, const Call& call);

// delegation_requests.cpp
/// There is no SNS that could be told, but whose topic it is can be (the page "Building your integration").
Result<void> check_create_delegation_request(const Call& call);
Result<void> check_get_human_readable_summary(const Call& call);
Result<Output> create_delegation_request(Edit& account, const Call& call);
Result<Output> get_delegation_request(const Call& call, const Target& target);
Result<Output> list_delegation_requests(const View& account, const Call& call);
Result<Output> associate_delegation_request(Edit& account, const Call& call);
Result<Output> update_delegation_request(Edit& account, const Call& call);
Result<Output> accept_delegation_request(Edit& account, const Call& call);
Result<Output> reject_delegation_request(Edit& account, const Call& call);
Result<Output> send_delegation_token(Edit& account, const Call& call);
Result<Output> get_human_readable_summary(const View& account, const Call& call);

// login_profiles.cpp
Result<Completion> create_login_profile(const View& account, const Call& call);
Result<Output> get_login_profile(const View& account, const Call& call);
Result<Completion> update_login_profile(const View& account, const Call& call);
Result<Output> delete_login_profile(Edit& account, const Call& call);
Result<Completion> change_password(const View& account, const Call& call);

// signing_certificates.cpp
Result<Output> upload_signing_certificate(Edit& account, const Call& call);
Result<Output> update_signing_certificate(Edit& account, const Call& call);
Result<Output> delete_signing_certificate(Edit& account, const Call& call);
Result<Output> list_signing_certificates(const View& account, const Call& call);

// ssh_public_keys.cpp
Result<Output> upload_ssh_public_key(Edit& account, const Call& call);
Result<Output> get_ssh_public_key(const View& account, const Call& call);
Result<Output> update_ssh_public_key(Edit& account, const Call& call);
Result<Output> delete_ssh_public_key(Edit& account, const Call& call);
Result<Output> list_ssh_public_keys(const View& account, const Call& call);

// service_credentials.cpp
Result<void> check_all_users(const Call& call);
Result<Output> create_service_specific_credential(Edit& account, const Call& call);
Result<Output> reset_service_specific_credential(Edit& account, const Call& call);
Result<Output> update_service_specific_credential(Edit& account, const Call& call);
Result<Output> delete_service_specific_credential(Edit& account, const Call& call);
Result<Output> list_service_specific_credentials(const View& account, const Call& call);

// server_certificates.cpp
Result<Completion> upload_server_certificate(const View& account, const Call& call);
Result<Output> get_server_certificate(const View& account, const Call& call);
Result<Output> update_server_certificate(Edit& account, const Call& call);
Result<Output> delete_server_certificate(Edit& account, const Call& call);
Result<Output> list_server_certificates(const View& account, const Call& call);

// oidc_providers.cpp
Result<Output> create_oidc_provider(Edit& account, const Call& call);
Result<Output> get_oidc_provider(const View& account, const Call& call);
Result<Output> delete_oidc_provider(Edit& account, const Call& call);
Result<Output> list_oidc_providers(const View& account, const Call& call);
Result<Output> add_client_id_to_oidc_provider(Edit& account, const Call& call);
Result<Output> remove_client_id_from_oidc_provider(Edit& account, const Call& call);
Result<Output> update_oidc_provider_thumbprint(Edit& account, const Call& call);

// root_access.cpp
Result<Output> list_organizations_features(const View& account, const Call& call);
Result<Output> enable_root_credentials_management(Edit& account, const Call& call);
Result<Output> disable_root_credentials_management(Edit& account, const Call& call);
Result<Output> enable_root_sessions(Edit& account, const Call& call);
Result<Output> disable_root_sessions(Edit& account, const Call& call);

// saml_providers.cpp
Result<Completion> create_saml_provider(const View& account, const Call& call);
Result<Completion> update_saml_provider(const View& account, const Call& call);
Result<Output> get_saml_provider(const View& account, const Call& call);
Result<Output> delete_saml_provider(Edit& account, const Call& call);
Result<Output> list_saml_providers(const View& account, const Call& call);

// instance_profiles.cpp
Result<Output> create_instance_profile(Edit& account, const Call& call);
Result<Output> get_instance_profile(const View& account, const Call& call);
Result<Output> delete_instance_profile(Edit& account, const Call& call);
Result<Output> list_instance_profiles(const View& account, const Call& call);
Result<Output> list_instance_profiles_for_role(const View& account, const Call& call);
Result<Output> add_role_to_instance_profile(Edit& account, const Call& call);
Result<Output> remove_role_from_instance_profile(Edit& account, const Call& call);

// tags.cpp: of everything that has tags
Result<Output> tag(Edit& account, const Call& call);
Result<Output> untag(Edit& account, const Call& call);
Result<Output> list_tags(const View& account, const Call& call);

// account_reports.cpp
Result<Output> get_account_authorization_details(const View& account, const Call& call);
Result<Output> get_account_summary(const View& account, const Call& call);
Result<Completion> generate_credential_report(const View& account, const Call& call);
Result<Output> get_credential_report(const View& account, const Call& call);

// last_accessed.cpp
Result<Output> generate_service_last_accessed_details(Edit& account, const Call& call);
Result<Output> get_service_last_accessed_details(const View& account, const Call& call);
Result<Output> get_service_last_accessed_details_with_entities(const View& account, const Call& call);
Result<Output> list_policies_granting_service_access(const View& account, const Call& call);

// outbound_federation.cpp
Result<Completion> enable_outbound_federation(const View& account, const Call& call);
Result<Output> disable_outbound_federation(Edit& account, const Call& call);
Result<Output> get_outbound_federation_info(const View& account, const Call& call);

// account_properties.cpp
Result<Output> get_account_properties(const View& account, const Call& call);
Result<Output> put_account_properties(const View& account, const Call& call);

// sts_preferences.cpp
Result<Output> set_security_token_service_preferences(Edit& account, const Call& call);

// organizations_access_reports.cpp
Result<Completion> generate_organizations_access_report(const View& account, const Call& call);
Result<Output> get_organizations_access_report(const View& account, const Call& call);

// service_linked_roles.cpp
Result<Output> create_service_linked_role(Edit& account, const Call& call);
Result<Output> delete_service_linked_role(Edit& account, const Call& call);
Result<Output> get_service_linked_role_deletion_status(const View& account, const Call& call);

// simulation.cpp
Result<Output> simulate_custom_policy(const View& account, const Call& call);
Result<Output> simulate_principal_policy(const View& account, const Call& call);

// context_keys.cpp
Result<Output> get_context_keys_for_custom_policy(const Call& call, const Target& target);
Result<Output> get_context_keys_for_principal_policy(const View& account, const Call& call);

}  // namespace writ::api::iam
