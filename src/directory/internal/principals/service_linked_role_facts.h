#pragma once

#include <span>
#include <string_view>

namespace writ::directory {

inline constexpr std::string_view service_suffix = ".amazonaws.com";

/// What a service fixes about the role that is linked to it (spec 8.11).
struct ServiceLinkedRoleFact {
    std::string_view service;  ///< "autoscaling": its principal without the suffix.
    std::string_view role;     ///< "AutoScaling": its name without "AWSServiceRoleFor".
    std::string_view policy;   ///< Name of the AWS managed policy.
    bool takes_suffix = false;
};

/// By service.
[[nodiscard]] std::span<const ServiceLinkedRoleFact> service_linked_role_facts() noexcept;
/// By the whole principal, "autoscaling.amazonaws.com"; null for services without such a role.
[[nodiscard]] const ServiceLinkedRoleFact* find_service_linked_role_fact(
    std::string_view service_name) noexcept;

}  // namespace writ::directory
