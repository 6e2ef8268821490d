#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "directory/directory.h"
#include "directory/policies/policies.h"
#include "reference/managed_policies.h"
#include "store/records.h"

/// Managed policies, whosever they are: rows of the store for customers, facts of the reference for AWS.
namespace writ::directory {

/// Null for every ARN that is not one of an AWS managed policy of IAM in that partition.
[[nodiscard]] const reference::ManagedPolicy* find_aws_policy(std::string_view partition,
                                                              std::string_view arn);

/// Its ARN in that partition.
[[nodiscard]] std::string arn_in(std::string_view partition, const reference::ManagedPolicy& aws);
/// Its document, with ARNs of that partition.
[[nodiscard]] std::string document_in(std::string_view partition, const reference::ManagedPolicy& aws);

/// "ANPA" and 17 characters made from the ARN: the same in every account and at every start.
[[nodiscard]] std::string aws_policy_id(const reference::ManagedPolicy& aws);

struct NamedAwsPolicy {
    std::string name_folded;  ///< No two of them have the same.
    const reference::ManagedPolicy* policy = nullptr;
};
/// All of them by name without case. Made on first use; lives as long as the program.
[[nodiscard]] std::span<const NamedAwsPolicy> aws_policies_by_name();

/// What a reader sees of it, without counts and tags.
[[nodiscard]] Policy to_policy(std::string_view partition, const reference::ManagedPolicy& aws);
[[nodiscard]] Policy to_policy(const store::Policy& record);

/// "v3" and back; nothing for a text that is no version id.
[[nodiscard]] std::string version_id_of(std::int64_t version);
[[nodiscard]] std::optional<std::int64_t> version_of(std::string_view version_id) noexcept;

/// Path and name inside the ARN of a managed policy, "/job-function/" and "ViewOnlyAccess".
struct PolicyPlace {
    std::string_view path;
    std::string_view name;
};
/// Nothing when it is no ARN of a managed policy. Views into `arn`.
[[nodiscard]] std::optional<PolicyPlace> place_of(std::string_view arn) noexcept;

/// "Policy ARN was not found.", NoSuchEntity 404.
[[nodiscard]] Error policy_not_found(std::string_view arn);

/// The customer managed policy that a call wants to change. AccessDenied for those of AWS.
[[nodiscard]] Result<store::Policy> own_policy(const AccountView& account, std::string_view arn);

/// The ARN, in its stored spelling, of a policy that is to be attached or set as boundary. NoSuchEntity when
/// there is none; PolicyNotAttachable for those of service-linked roles and of root tasks.
[[nodiscard]] Result<std::string> attachable_policy(const AccountView& account, std::string_view arn);

/// The ARN in its stored spelling; NoSuchEntity when there is no such policy.
[[nodiscard]] Result<std::string> existing_policy(const AccountView& account, std::string_view arn);

}  // namespace writ::directory
