#pragma once

#include "api/operation.h"

/// The operations of Organizations, a file a family.
namespace writ::api::organizations {

using View = directory::AccountView;
using Edit = directory::AccountEdit;

// organization.cpp
[[nodiscard]] Result<Output> create_organization(Edit& account, const Call& call);
[[nodiscard]] Result<Output> delete_organization(Edit& account, const Call& call);
[[nodiscard]] Result<Output> describe_organization(const View& account, const Call& call);
[[nodiscard]] Result<Output> disable_policy_type(Edit& account, const Call& call);
[[nodiscard]] Result<Output> enable_policy_type(Edit& account, const Call& call);
[[nodiscard]] Result<Output> list_roots(const View& account, const Call& call);

// units.cpp
[[nodiscard]] Result<Output> create_organizational_unit(Edit& account, const Call& call);
[[nodiscard]] Result<Output> delete_organizational_unit(Edit& account, const Call& call);
[[nodiscard]] Result<Output> describe_organizational_unit(const View& account, const Call& call);
[[nodiscard]] Result<Output> list_children(const View& account, const Call& call);
[[nodiscard]] Result<Output> list_organizational_units_for_parent(const View& account, const Call& call);
[[nodiscard]] Result<Output> list_parents(const View& account, const Call& call);
[[nodiscard]] Result<Output> update_organizational_unit(Edit& account, const Call& call);

// accounts.cpp
[[nodiscard]] Result<Output> close_account(Edit& account, const Call& call);
[[nodiscard]] Result<Output> create_account(Edit& account, const Call& call);
[[nodiscard]] Result<Output> describe_account(const View& account, const Call& call);
[[nodiscard]] Result<Output> describe_create_account_status(const View& account, const Call& call);
[[nodiscard]] Result<Output> leave_organization(Edit& account, const Call& call);
[[nodiscard]] Result<Output> list_accounts(const View& account, const Call& call);
[[nodiscard]] Result<Output> list_accounts_for_parent(const View& account, const Call& call);
[[nodiscard]] Result<Output> list_create_account_status(const View& account, const Call& call);
[[nodiscard]] Result<Output> move_account(Edit& account, const Call& call);
[[nodiscard]] Result<Output> remove_account_from_organization(Edit& account, const Call& call);

// policies.cpp
[[nodiscard]] Result<Output> attach_policy(Edit& account, const Call& call);
[[nodiscard]] Result<Output> create_policy(Edit& account, const Call& call);
[[nodiscard]] Result<Output> delete_policy(Edit& account, const Call& call);
[[nodiscard]] Result<Output> describe_policy(const View& account, const Call& call);
[[nodiscard]] Result<Output> detach_policy(Edit& account, const Call& call);
[[nodiscard]] Result<Output> list_policies(const View& account, const Call& call);
[[nodiscard]] Result<Output> list_policies_for_target(const View& account, const Call& call);
[[nodiscard]] Result<Output> list_targets_for_policy(const View& account, const Call& call);
[[nodiscard]] Result<Output> update_policy(Edit& account, const Call& call);

// effective_policies.cpp
[[nodiscard]] Result<Output> describe_effective_policy(const View& account, const Call& call);
[[nodiscard]] Result<Output> list_accounts_with_invalid_effective_policy(const View& account,
                                                                         const Call& call);
[[nodiscard]] Result<Output> list_effective_policy_validation_errors(const View& account, const Call& call);

// delegation.cpp
[[nodiscard]] Result<Output> delete_resource_policy(Edit& account, const Call& call);
[[nodiscard]] Result<Output> deregister_delegated_administrator(Edit& account, const Call& call);
[[nodiscard]] Result<Output> describe_resource_policy(const View& account, const Call& call);
[[nodiscard]] Result<Output> disable_aws_service_access(Edit& account, const Call& call);
[[nodiscard]] Result<Output> enable_aws_service_access(Edit& account, const Call& call);
[[nodiscard]] Result<Output> list_aws_service_access_for_organization(const View& account, const Call& call);
[[nodiscard]] Result<Output> list_delegated_administrators(const View& account, const Call& call);
[[nodiscard]] Result<Output> list_delegated_services_for_account(const View& account, const Call& call);
[[nodiscard]] Result<Output> put_resource_policy(Edit& account, const Call& call);
[[nodiscard]] Result<Output> register_delegated_administrator(Edit& account, const Call& call);

// handshakes.cpp
[[nodiscard]] Result<Output> accept_handshake(Edit& account, const Call& call);
[[nodiscard]] Result<Output> cancel_handshake(Edit& account, const Call& call);
[[nodiscard]] Result<Output> decline_handshake(Edit& account, const Call& call);
[[nodiscard]] Result<Output> describe_handshake(const View& account, const Call& call);
[[nodiscard]] Result<Output> enable_all_features(Edit& account, const Call& call);
[[nodiscard]] Result<Output> invite_account_to_organization(Edit& account, const Call& call);
[[nodiscard]] Result<Output> list_handshakes_for_account(const View& account, const Call& call);
[[nodiscard]] Result<Output> list_handshakes_for_organization(const View& account, const Call& call);

// tags.cpp
[[nodiscard]] Result<Output> list_tags_for_resource(const View& account, const Call& call);
[[nodiscard]] Result<Output> tag_resource(Edit& account, const Call& call);
[[nodiscard]] Result<Output> untag_resource(Edit& account, const Call& call);

}  // namespace writ::api::organizations
