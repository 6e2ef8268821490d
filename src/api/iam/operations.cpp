#include "api/iam/operations.h"

#include <algorithm>
#include <array>

#include "api/iam/handlers.h"
#include "api/iam/targets.h"

namespace writ::api::iam {
namespace {

/// Name, action, what it is about, handler.
constexpr auto rows = std::to_array<Operation>({
    {"AddUserToGroup", "iam:AddUserToGroup", on_group, add_user_to_group},
    {"AttachGroupPolicy", "iam:AttachGroupPolicy", on_group, attach_group_policy},
    {"AttachRolePolicy", "iam:AttachRolePolicy", on_role, attach_role_policy},
    {"AttachUserPolicy", "iam:AttachUserPolicy", on_user, attach_user_policy},
    {"CreateAccessKey", "iam:CreateAccessKey", on_user_or_caller, create_access_key},
    {"CreateGroup", "iam:CreateGroup", on_new_group, create_group},
    {"CreatePolicy", "iam:CreatePolicy", on_new_policy, create_policy},
    {"CreatePolicyVersion", "iam:CreatePolicyVersion", on_policy, create_policy_version},
    {"CreateRole", "iam:CreateRole", on_new_role, create_role},
    {"CreateUser", "iam:CreateUser", on_new_user, create_user},
    {"DeleteAccessKey", "iam:DeleteAccessKey", on_user_or_caller, delete_access_key},
    {"DeleteGroup", "iam:DeleteGroup", on_group, delete_group},
    {"DeleteGroupPolicy", "iam:DeleteGroupPolicy", on_group, delete_group_policy},
    {"DeletePolicy", "iam:DeletePolicy", on_policy, delete_policy},
    {"DeletePolicyVersion", "iam:DeletePolicyVersion", on_policy, delete_policy_version},
    {"DeleteRole", "iam:DeleteRole", on_role, delete_role},
    {"DeleteRolePermissionsBoundary", "iam:DeleteRolePermissionsBoundary", on_role,
     delete_role_permissions_boundary},
    {"DeleteRolePolicy", "iam:DeleteRolePolicy", on_role, delete_role_policy},
    {"DeleteUser", "iam:DeleteUser", on_user, delete_user},
    {"DeleteUserPermissionsBoundary", "iam:DeleteUserPermissionsBoundary", on_user,
     delete_user_permissions_boundary},
    {"DeleteUserPolicy", "iam:DeleteUserPolicy", on_user, delete_user_policy},
    {"DetachGroupPolicy", "iam:DetachGroupPolicy", on_group, detach_group_policy},
    {"DetachRolePolicy", "iam:DetachRolePolicy", on_role, detach_role_policy},
    {"DetachUserPolicy", "iam:DetachUserPolicy", on_user, detach_user_policy},
    {"GetAccessKeyLastUsed", "iam:GetAccessKeyLastUsed", on_access_key_owner, get_access_key_last_used},
    {.name = "GetContextKeysForCustomPolicy",
     .action = "iam:GetContextKeysForCustomPolicy",
     .handler = get_context_keys_for_custom_policy},
    {"GetContextKeysForPrincipalPolicy", "iam:GetContextKeysForPrincipalPolicy", on_policy_source,
     get_context_keys_for_principal_policy},
    {"GetGroup", "iam:GetGroup", on_group, get_group},
    {"GetGroupPolicy", "iam:GetGroupPolicy", on_group, get_group_policy},
    {"GetPolicy", "iam:GetPolicy", on_policy, get_policy},
    {"GetPolicyVersion", "iam:GetPolicyVersion", on_policy, get_policy_version},
    {"GetRole", "iam:GetRole", on_role, get_role},
    {"GetRolePolicy", "iam:GetRolePolicy", on_role, get_role_policy},
    {"GetUser", "iam:GetUser", on_user_or_caller, get_user},
    {"GetUserPolicy", "iam:GetUserPolicy", on_user, get_user_policy},
    {"ListAccessKeys", "iam:ListAccessKeys", on_user_or_caller, list_access_keys},
    {"ListAttachedGroupPolicies", "iam:ListAttachedGroupPolicies", on_group, list_attached_group_policies},
    {"ListAttachedRolePolicies", "iam:ListAttachedRolePolicies", on_role, list_attached_role_policies},
    {"ListAttachedUserPolicies", "iam:ListAttachedUserPolicies", on_user, list_attached_user_policies},
    {"ListEntitiesForPolicy", "iam:ListEntitiesForPolicy", on_policy, list_entities_for_policy},
    {"ListGroupPolicies", "iam:ListGroupPolicies", on_group, list_group_policies},
    {"ListGroups", "iam:ListGroups", on_groups, list_groups},
    {"ListGroupsForUser", "iam:ListGroupsForUser", on_user, list_groups_for_user},
    {"ListPolicies", "iam:ListPolicies", on_policies, list_policies},
    {"ListPolicyTags", "iam:ListPolicyTags", on_policy, list_policy_tags},
    {"ListPolicyVersions", "iam:ListPolicyVersions", on_policy, list_policy_versions},
    {"ListRolePolicies", "iam:ListRolePolicies", on_role, list_role_policies},
    {"ListRoleTags", "iam:ListRoleTags", on_role, list_role_tags},
    {"ListRoles", "iam:ListRoles", on_roles, list_roles},
    {"ListUserPolicies", "iam:ListUserPolicies", on_user, list_user_policies},
    {"ListUserTags", "iam:ListUserTags", on_user, list_user_tags},
    {"ListUsers", "iam:ListUsers", on_users, list_users},
    {"PutGroupPolicy", "iam:PutGroupPolicy", on_group, put_group_policy},
    {"PutRolePermissionsBoundary", "iam:PutRolePermissionsBoundary", on_role, put_role_permissions_boundary},
    {"PutRolePolicy", "iam:PutRolePolicy", on_role, put_role_policy},
    {"PutUserPermissionsBoundary", "iam:PutUserPermissionsBoundary", on_user, put_user_permissions_boundary},
    {"PutUserPolicy", "iam:PutUserPolicy", on_user, put_user_policy},
    {"RemoveUserFromGroup", "iam:RemoveUserFromGroup", on_group, remove_user_from_group},
    {"SetDefaultPolicyVersion", "iam:SetDefaultPolicyVersion", on_policy, set_default_policy_version},
    {.name = "SimulateCustomPolicy", .action = "iam:SimulateCustomPolicy", .handler = simulate_custom_policy},
    {"SimulatePrincipalPolicy", "iam:SimulatePrincipalPolicy", on_policy_source, simulate_principal_policy},
    {"TagPolicy", "iam:TagPolicy", on_policy, tag_policy},
    {"TagRole", "iam:TagRole", on_role, tag_role},
    {"TagUser", "iam:TagUser", on_user, tag_user},
    {"UntagPolicy", "iam:UntagPolicy", on_policy, untag_policy},
    {"UntagRole", "iam:UntagRole", on_role, untag_role},
    {"UntagUser", "iam:UntagUser", on_user, untag_user},
    {"UpdateAccessKey", "iam:UpdateAccessKey", on_user_or_caller, update_access_key},
    {"UpdateAssumeRolePolicy", "iam:UpdateAssumeRolePolicy", on_role, update_assume_role_policy},
    {.name = "UpdateGroup",
     .action = "iam:UpdateGroup",
     .target = on_group,
     .handler = update_group,
     .further = on_renamed_group},
    {"UpdateRole", "iam:UpdateRole", on_role, update_role},
    {"UpdateRoleDescription", "iam:UpdateRoleDescription", on_role, update_role_description},
    {.name = "UpdateUser",
     .action = "iam:UpdateUser",
     .target = on_user,
     .handler = update_user,
     .further = on_renamed_user},
});
static_assert(std::ranges::is_sorted(rows, {}, &Operation::name));

}  // namespace

std::span<const Operation> operations() noexcept {
    return rows;
}

}  // namespace writ::api::iam
