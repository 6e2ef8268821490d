#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/records/handshake.h"
#include "store/records/organization_policy.h"

namespace writ::directory::organizations {

/// Whose ids and ARNs are meant. Views.
struct Place {
    std::string_view partition;
    std::string_view organization_id;
    std::string_view management_account_id;
};

/// "arn:aws:organizations::M:" and what follows (spec 9.1). Kinds of nodes are told by the form of their ids:
/// r-…, ou-…, twelve digits.
[[nodiscard]] std::string organization_arn(const Place& place);
[[nodiscard]] std::string node_arn(const Place& place, std::string_view node_id);
/// Policies that AWS owns have the ARN of AWS.
[[nodiscard]] std::string policy_arn(const Place& place, store::OrganizationPolicyType type,
                                     std::string_view policy_id);
[[nodiscard]] std::string resource_policy_arn(const Place& place, std::string_view policy_id);
[[nodiscard]] std::string handshake_arn(const Place& place, store::HandshakeAction action,
                                        std::string_view handshake_id);

[[nodiscard]] store::PolicyTargetKind kind_of_node(std::string_view node_id) noexcept;

/// Nothing: a type of AWS that is not here, such as tag and backup policies.
using KnownPolicyType = std::optional<store::OrganizationPolicyType>;

/// "SERVICE_CONTROL_POLICY", and back.
[[nodiscard]] std::string_view name_of(store::OrganizationPolicyType type) noexcept;
[[nodiscard]] KnownPolicyType policy_type_of(std::string_view name) noexcept;
/// "service_control_policy", and the type of the policy that an ARN names; nothing for other ARNs.
[[nodiscard]] std::string_view name_in_arn(store::OrganizationPolicyType type) noexcept;
[[nodiscard]] KnownPolicyType policy_type_in_arn(std::string_view arn) noexcept;

}  // namespace writ::directory::organizations
