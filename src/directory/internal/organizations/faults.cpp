#include "directory/internal/organizations/faults.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <span>

#include "directory/directory.h"
#include "store/failure.h"

namespace writ::directory::organizations {
namespace {

struct Sentence {
    std::string_view reason;
    std::string_view message;
};

constexpr auto constraints = std::to_array<Sentence>({
    {"ACCOUNT_NUMBER_LIMIT_EXCEEDED",
     "You have exceeded the allowed number of AWS accounts for your organization."},
    {"CANNOT_CLOSE_MANAGEMENT_ACCOUNT", "You attempted to close the management account."},
    {"CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
     "You cannot register master account/yourself as delegated administrator for your organization."},
    {"CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR",
     "You cannot register a suspended account as a delegated administrator."},
    {"CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG",
     "This account is registered as a delegated administrator. You must first deregister it."},
    {"CLOSE_ACCOUNT_QUOTA_EXCEEDED", "You have exceeded close account quota for the past 30 days."},
    {"DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE",
     "You must first deregister the delegated administrators of this service."},
    {"MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
     "You have attached the maximum number of policies to the specified target."},
    {"MAX_TAG_LIMIT_EXCEEDED", "You have exceeded the number of tags allowed on this resource."},
    {"MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
     "You cannot remove the last policy attached to the specified target. You should have at least one "
     "attached "
     "policy of this type."},
    {"ORGANIZATION_NOT_IN_ALL_FEATURES_MODE",
     "You attempted to perform an operation that requires the organization to be configured to support all "
     "features."},
    {"OU_DEPTH_LIMIT_EXCEEDED", "You attempted to create an OU tree that is too many levels deep."},
    {"OU_NUMBER_LIMIT_EXCEEDED",
     "You attempted to exceed the number of OUs that you can have in an organization."},
    {"POLICY_CONTENT_LIMIT_EXCEEDED",
     "You attempted to create a policy that is larger than the maximum size."},
    {"POLICY_NUMBER_LIMIT_EXCEEDED",
     "You attempted to exceed the number of policies that you can have in an organization."},
    {"SERVICE_ACCESS_NOT_ENABLED",
     "You attempted to register a delegated administrator before you enabled service access. Call the "
     "EnableAWSServiceAccess API first."},
    {"WAIT_PERIOD_ACTIVE",
     "You must wait until the account is old enough before it can leave the organization."},
});

constexpr auto handshake_constraints = std::to_array<Sentence>({
    {"ACCOUNT_NUMBER_LIMIT_EXCEEDED",
     "You attempted to exceed the limit on the number of accounts in an organization."},
    {"ALREADY_IN_AN_ORGANIZATION",
     "The handshake request is invalid because the invited account is already a member of an organization."},
    {"INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES",
     "You can't issue new invitations to join an organization while it's in the process of enabling all "
     "features."},
    {"ORGANIZATION_ALREADY_HAS_ALL_FEATURES",
     "The handshake request is invalid because the organization has already enabled all features."},
    {"ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION",
     "The handshake request is invalid because the organization has already started the process to enable "
     "all "
     "features."},
});

constexpr auto inputs = std::to_array<Sentence>({
    {"DUPLICATE_TAG_KEY", "Tag keys must be unique among the tags attached to the same entity."},
    {"IMMUTABLE_POLICY", "You specified a policy that is managed by AWS and can't be modified."},
    {"INVALID_EMAIL_ADDRESS_TARGET", "You specified an invalid email address for the invited account owner."},
    {"INVALID_PARTY_TYPE_TARGET",
     "You specified the wrong type of entity (account, organization, or email) as a party."},
    {"INVALID_PATTERN", "You provided a value that does not match the required pattern."},
    {"INVALID_RESOURCE_POLICY_JSON", "The provided resource policy document is not valid."},
    {"INVALID_ROLE_NAME",
     "You provided a role name that isn't valid. A role name can't begin with the reserved prefix "
     "AWSServiceRoleFor."},
    {"INVALID_SYSTEM_TAGS_PARAMETER", "You specified a tag key that is a system tag."},
    {"MIN_LENGTH_EXCEEDED", "You provided a string parameter that is shorter than allowed."},
    {"NON_DETACHABLE_POLICY", "You can't detach this AWS Managed Policy."},
    {"TARGET_NOT_SUPPORTED", "You can't perform the specified operation on that target entity."},
    {"UNRECOGNIZED_SERVICE_PRINCIPAL", "You specified a service principal that isn't recognized."},
    {"UNSUPPORTED_ACTION_IN_RESOURCE_POLICY",
     "You specified an action that isn't supported in a resource policy."},
});

std::unexpected<Error> with_reason(std::string_view code, std::span<const Sentence> sentences,
                                   std::string_view reason) {
    const auto row = std::ranges::find(sentences, reason, &Sentence::reason);
    assert(row != sentences.end());
    return std::unexpected(Error{std::string(code), 400, std::string(row->message), std::string(reason)});
}

}  // namespace

std::unexpected<Error> corrupt(std::string_view detail) {
    return std::unexpected(
        to_error({.kind = store::FailureKind::corrupt, .constraint = {}, .detail = std::string(detail)}));
}

Error error_of(const Fault& fault) {
    return {std::string(fault.code), 400, std::string(fault.message)};
}

std::unexpected<Error> refuse(const Fault& fault) {
    return std::unexpected(error_of(fault));
}

std::unexpected<Error> violates(std::string_view reason) {
    return with_reason("ConstraintViolationException", constraints, reason);
}

std::unexpected<Error> violates_handshake(std::string_view reason) {
    return with_reason("HandshakeConstraintViolationException", handshake_constraints, reason);
}

std::unexpected<Error> bad_input(std::string_view reason) {
    return with_reason("InvalidInputException", inputs, reason);
}

}  // namespace writ::directory::organizations
