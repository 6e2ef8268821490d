#pragma once

#include "store/change.h"
#include "store/records/organization.h"
#include "store/schema.h"

namespace writ::store {

/// Written to disk: never renumber.
enum class PolicyTargetKind : std::uint8_t { root = 0, unit = 1, account = 2 };

/// A policy of an organization. Those that AWS owns are facts of the reference, not rows.
struct OrganizationPolicy {
    std::string organization_id;
    std::string policy_id;  ///< p-…
    OrganizationPolicyType type = OrganizationPolicyType::service_control;
    std::string name;
    std::string description;
    std::string content;        ///< As given.
    std::int64_t revision = 1;  ///< Grows with each change of the content.
    Instant created_at{};

    static constexpr std::string_view table = "organization_policies";
    static constexpr Index by_id{"organization_policies_by_id", true, {"organization_id", "policy_id"}};
    static constexpr Index by_name{
        "organization_policies_by_name", true, {"organization_id", "type", "name"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_name}; }
    static constexpr auto columns() {
        return Columns{Column{"organization_id", &OrganizationPolicy::organization_id},
                       Column{"policy_id", &OrganizationPolicy::policy_id},
                       Column{"type", &OrganizationPolicy::type},
                       Column{"name", &OrganizationPolicy::name},
                       Column{"description", &OrganizationPolicy::description},
                       Column{"content", &OrganizationPolicy::content},
                       Column{"revision", &OrganizationPolicy::revision},
                       Column{"created_at", &OrganizationPolicy::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::organization, {}, organization_id}; }
};

/// A policy attached to the root, a unit or an account.
struct OrganizationAttachment {
    std::string organization_id;
    std::string target_id;
    OrganizationPolicyType type = OrganizationPolicyType::service_control;
    std::string policy_id;
    PolicyTargetKind target_kind = PolicyTargetKind::root;

    static constexpr std::string_view table = "organization_attachments";
    static constexpr Index by_target{
        "organization_attachments_by_target", true, {"organization_id", "target_id", "type", "policy_id"}};
    static constexpr Index by_policy{
        "organization_attachments_by_policy", true, {"organization_id", "policy_id", "target_id"}};
    static constexpr Index by_type{
        "organization_attachments_by_type", true, {"organization_id", "type", "target_id", "policy_id"}};
    static constexpr auto indexes() { return std::array{&by_target, &by_policy, &by_type}; }
    static constexpr auto columns() {
        return Columns{Column{"organization_id", &OrganizationAttachment::organization_id},
                       Column{"target_id", &OrganizationAttachment::target_id},
                       Column{"type", &OrganizationAttachment::type},
                       Column{"policy_id", &OrganizationAttachment::policy_id},
                       Column{"target_kind", &OrganizationAttachment::target_kind}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::organization, {}, organization_id}; }
};

/// What the organization delegates to its members: its resource-based policy.
struct OrganizationResourcePolicy {
    std::string organization_id;
    std::string policy_id;  ///< rp-…
    std::string content;

    static constexpr std::string_view table = "organization_resource_policies";
    static constexpr Index by_organization{
        "organization_resource_policies_by_organization", true, {"organization_id"}};
    static constexpr auto indexes() { return std::array{&by_organization}; }
    static constexpr auto columns() {
        return Columns{Column{"organization_id", &OrganizationResourcePolicy::organization_id},
                       Column{"policy_id", &OrganizationResourcePolicy::policy_id},
                       Column{"content", &OrganizationResourcePolicy::content}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::organization, {}, organization_id}; }
};

}  // namespace writ::store
