#pragma once

#include <expected>
#include <string_view>

#include "base/result.h"

/// What Organizations refuses, as rows. All have status 400 (spec 9.1).
namespace writ::directory::organizations {

struct Fault {
    std::string_view code;
    std::string_view message;
};

namespace fault {
inline constexpr Fault not_in_use{"AWSOrganizationsNotInUseException",
                                  "Your account is not a member of an organization."};
inline constexpr Fault already_in_organization{"AlreadyInOrganizationException",
                                               "The AWS account is already a member of an organization."};
inline constexpr Fault organization_not_empty{
    "OrganizationNotEmptyException",
    "To delete an organization you must first remove all member accounts (except the master)."};
// Of IAM, about centralized root access (spec B27).
inline constexpr Fault no_organization{
    "OrganizationNotFoundException",
    "The request was rejected because no organization is associated with your account."};
inline constexpr Fault not_all_features{
    "OrganizationNotInAllFeaturesModeException",
    "The request was rejected because your organization does not have All features enabled."};
inline constexpr Fault no_root_administrator{
    "AccountNotManagementOrDelegatedAdministratorException",
    "The request was rejected because the account making the request is not the management account or "
    "delegated administrator account for centralized root access."};
inline constexpr Fault no_management_account{
    "CallerIsNotManagementAccountException",
    "The request was rejected because the account making the request is not the management account for the "
    "organization."};
inline constexpr Fault iam_not_trusted{
    "ServiceAccessNotEnabledException",
    "The request was rejected because trusted access is not enabled for IAM in Organizations."};
inline constexpr Fault no_root{"RootNotFoundException", "You specified a root that doesn't exist."};
inline constexpr Fault no_unit{"OrganizationalUnitNotFoundException",
                               "You specified an organizational unit that doesn't exist."};
inline constexpr Fault unit_not_empty{
    "OrganizationalUnitNotEmptyException",
    "The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, "
    "and try the operation again."};
inline constexpr Fault duplicate_unit{"DuplicateOrganizationalUnitException",
                                      "An OU with the same name already exists."};
inline constexpr Fault no_parent{"ParentNotFoundException", "You specified parent that doesn't exist."};
inline constexpr Fault no_child{"ChildNotFoundException", "You specified a child that doesn't exist."};
inline constexpr Fault no_account{"AccountNotFoundException", "You specified an account that doesn't exist."};
inline constexpr Fault no_source_parent{"SourceParentNotFoundException",
                                        "You specified a source parent that doesn't exist."};
inline constexpr Fault no_destination_parent{"DestinationParentNotFoundException",
                                             "You specified a destination parent that doesn't exist."};
inline constexpr Fault duplicate_account{"DuplicateAccountException",
                                         "That account is already present in the specified destination."};
inline constexpr Fault account_closed{"AccountAlreadyClosedException",
                                      "You attempted to close an account that is already closed."};
inline constexpr Fault management_account_stays{"MasterCannotLeaveOrganizationException",
                                                "You can't remove a management account from an organization. "
                                                "If you want the management account to become a "
                                                "member account in another organization, you must first "
                                                "delete the current organization of the management "
                                                "account."};
inline constexpr Fault no_creation{"CreateAccountStatusNotFoundException",
                                   "You specified a create account request that doesn't exist."};
inline constexpr Fault no_policy{"PolicyNotFoundException", "You specified a policy that doesn't exist."};
inline constexpr Fault duplicate_policy{"DuplicatePolicyException",
                                        "A policy with the same name already exists."};
inline constexpr Fault policy_in_use{"PolicyInUseException",
                                     "The policy is attached to one or more entities. You must detach it "
                                     "from all roots, OUs, and accounts before "
                                     "performing this operation."};
inline constexpr Fault malformed_policy{
    "MalformedPolicyDocumentException",
    "The provided policy document does not meet the requirements of the specified policy type."};
inline constexpr Fault type_not_available{
    "PolicyTypeNotAvailableForOrganizationException",
    "You can't use the specified policy type with the feature set currently enabled for this organization."};
inline constexpr Fault type_not_here{
    "PolicyTypeNotAvailableForOrganizationException",
    "You can't use the specified policy type: only SERVICE_CONTROL_POLICY and "
    "RESOURCE_CONTROL_POLICY are available here."};
inline constexpr Fault type_already_enabled{"PolicyTypeAlreadyEnabledException",
                                            "The specified policy type is already enabled."};
inline constexpr Fault type_not_enabled{"PolicyTypeNotEnabledException",
                                        "This operation can be performed only for enabled policy types."};
inline constexpr Fault no_target{"TargetNotFoundException", "You specified a target that doesn't exist."};
inline constexpr Fault duplicate_attachment{
    "DuplicatePolicyAttachmentException", "The selected policy is already attached to the specified target."};
inline constexpr Fault not_attached{
    "PolicyNotAttachedException", "The policy isn't attached to the specified target in the specified root."};
inline constexpr Fault no_effective_policy{
    "EffectivePolicyNotFoundException",
    "If you ran this action on the management account, this policy type is not enabled. If you ran the "
    "action on "
    "a member account, the account doesn't have an effective policy of this type."};
inline constexpr Fault already_registered{
    "AccountAlreadyRegisteredException",
    "The provided account is already a delegated administrator for your organization."};
inline constexpr Fault not_registered{
    "AccountNotRegisteredException",
    "The provided account is not a registered delegated administrator for your organization."};
inline constexpr Fault no_resource_policy{
    "ResourcePolicyNotFoundException",
    "We can't find a resource policy request with the parameter that you "
    "specified."};
inline constexpr Fault no_handshake{"HandshakeNotFoundException",
                                    "We can't find a handshake with the HandshakeId that you specified."};
inline constexpr Fault duplicate_handshake{"DuplicateHandshakeException",
                                           "A handshake with the same action and target already exists."};
inline constexpr Fault handshake_in_state{"HandshakeAlreadyInStateException",
                                          "The specified handshake is already in the requested state."};
inline constexpr Fault handshake_over{
    "InvalidHandshakeTransitionException",
    "You can't perform the operation on the handshake in its current state."};
inline constexpr Fault access_denied{"AccessDeniedException",
                                     "You don't have permissions to access this resource."};
}  // namespace fault

/// Rows that must belong together and do not, so that nothing can be said: a failure of the store.
[[nodiscard]] std::unexpected<Error> corrupt(std::string_view detail);

[[nodiscard]] Error error_of(const Fault& fault);
[[nodiscard]] std::unexpected<Error> refuse(const Fault& fault);

/// ConstraintViolationException, HandshakeConstraintViolationException and InvalidInputException for one of
/// their reasons.
[[nodiscard]] std::unexpected<Error> violates(std::string_view reason);
[[nodiscard]] std::unexpected<Error> violates_handshake(std::string_view reason);
[[nodiscard]] std::unexpected<Error> bad_input(std::string_view reason);

}  // namespace writ::directory::organizations
