#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/organizations/arns.h"
#include "directory/pages.h"
#include "directory/tags.h"
#include "store/records/organization_policy.h"

/// Service control policies and resource control policies, and where they are attached.
namespace writ::directory::organizations {

struct PolicySummary {
    std::string id;
    std::string arn;
    std::string name;
    std::string description;
    store::OrganizationPolicyType type = store::OrganizationPolicyType::service_control;
    bool of_aws = false;
};

struct Policy {
    PolicySummary summary;
    std::string content;
};

struct NewPolicy {
    KnownPolicyType type = store::OrganizationPolicyType::service_control;
    std::string name;
    std::string description;
    std::string content;
    std::vector<Tag> tags{};
};
/// Also while the type is not enabled (spec O4). MalformedPolicyDocumentException, DuplicatePolicyException,
/// ConstraintViolationException for size and number, PolicyTypeNotAvailableForOrganizationException.
[[nodiscard]] Result<Policy> create_policy(AccountEdit& account, const NewPolicy& policy);

struct PolicyChange {
    std::optional<std::string> name{};
    std::optional<std::string> description{};  ///< An empty one changes nothing (spec O8).
    std::optional<std::string> content{};
};
/// What is omitted stays. InvalidInputException IMMUTABLE_POLICY for those of AWS.
[[nodiscard]] Result<Policy> update_policy(AccountEdit& account, std::string_view id,
                                           const PolicyChange& change);
/// PolicyInUseException while it is attached.
[[nodiscard]] Result<void> delete_policy(AccountEdit& account, std::string_view id);
/// PolicyNotFoundException.
[[nodiscard]] Result<Policy> get_policy(const AccountView& account, std::string_view id);
/// None of a type that is not here.
[[nodiscard]] Result<Page<PolicySummary>> list_policies(const AccountView& account, KnownPolicyType type,
                                                        const PageRequest& page);

/// TargetNotFoundException, PolicyTypeNotEnabledException, DuplicatePolicyAttachmentException,
/// ConstraintViolationException MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED.
[[nodiscard]] Result<void> attach_policy(AccountEdit& account, std::string_view policy_id,
                                         std::string_view target_id);
/// PolicyNotAttachedException; InvalidInputException NON_DETACHABLE_POLICY for the RCP that allows
/// everything, ConstraintViolationException MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED for the last SCP (spec
/// O5).
[[nodiscard]] Result<void> detach_policy(AccountEdit& account, std::string_view policy_id,
                                         std::string_view target_id);
/// What is attached to the target itself. TargetNotFoundException.
[[nodiscard]] Result<Page<PolicySummary>> list_policies_of_target(const AccountView& account,
                                                                  std::string_view target_id,
                                                                  KnownPolicyType type,
                                                                  const PageRequest& page);

struct PolicyTarget {
    std::string id;
    std::string arn;
    std::string name;
    store::PolicyTargetKind kind = store::PolicyTargetKind::root;
};
[[nodiscard]] Result<Page<PolicyTarget>> list_targets_of_policy(const AccountView& account,
                                                                std::string_view policy_id,
                                                                const PageRequest& page);

}  // namespace writ::directory::organizations
