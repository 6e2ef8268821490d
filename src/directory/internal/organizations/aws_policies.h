#pragma once

#include <string>
#include <string_view>

#include "store/records/organization.h"

/// The two policies that AWS owns (spec O4).
namespace writ::directory::organizations {

struct AwsPolicy {
    std::string_view id;  ///< "p-FullAWSAccess".
    store::OrganizationPolicyType type = store::OrganizationPolicyType::service_control;
    std::string_view name;
    std::string_view description;
    std::string_view arn;  ///< Of the partition aws, by which the reference knows it.
    bool detachable = true;
};

/// Null: it is none of AWS.
[[nodiscard]] const AwsPolicy* find_aws_policy(std::string_view id) noexcept;
/// The one that allows everything.
[[nodiscard]] const AwsPolicy& full_access(store::OrganizationPolicyType type) noexcept;
/// Its document, compact.
[[nodiscard]] std::string content_of(const AwsPolicy& policy);

}  // namespace writ::directory::organizations
