#include "directory/internal/organizations/aws_policies.h"

#include <algorithm>
#include <array>

#include "reference/managed_policies.h"

namespace writ::directory::organizations {
namespace {

using Type = store::OrganizationPolicyType;

constexpr auto policies = std::to_array<AwsPolicy>({
    {"p-FullAWSAccess", Type::service_control, "FullAWSAccess", "Allows access to every operation",
     "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", true},
    {"p-RCPFullAWSAccess", Type::resource_control, "RCPFullAWSAccess", "Allows access to every resource",
     "arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess", false},
});

}  // namespace

const AwsPolicy* find_aws_policy(std::string_view id) noexcept {
    const auto* row = std::ranges::find(policies, id, &AwsPolicy::id);
    return row == policies.end() ? nullptr : row;
}

const AwsPolicy& full_access(Type type) noexcept {
    return policies[static_cast<std::size_t>(type)];
}

std::string content_of(const AwsPolicy& policy) {
    const auto* known = reference::find_managed_policy(policy.arn);
    return known == nullptr ? std::string{} : reference::managed_policy_document(*known);
}

}  // namespace writ::directory::organizations
