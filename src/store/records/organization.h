#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// Written to disk: never renumber.
enum class FeatureSet : std::uint8_t { all = 0, consolidated_billing = 1 };
enum class OrganizationPolicyType : std::uint8_t { service_control = 0, resource_control = 1 };
enum class JoinedMethod : std::uint8_t { created = 0, invited = 1 };

/// An organization with its one root.
struct Organization {
    std::string organization_id;        ///< o-…
    std::string management_account_id;  ///< Manages at most this one.
    std::string root_id;                ///< r-…
    FeatureSet feature_set = FeatureSet::all;
    Instant created_at{};

    static constexpr std::string_view table = "organizations";
    static constexpr Index by_id{"organizations_by_id", true, {"organization_id"}};
    static constexpr Index by_management_account{
        "organizations_by_management_account", true, {"management_account_id"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_management_account}; }
    static constexpr auto columns() {
        return Columns{Column{"organization_id", &Organization::organization_id},
                       Column{"management_account_id", &Organization::management_account_id},
                       Column{"root_id", &Organization::root_id},
                       Column{"feature_set", &Organization::feature_set},
                       Column{"created_at", &Organization::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::organization, {}, organization_id}; }
};

/// A policy type that is enabled in the root.
struct EnabledPolicyType {
    std::string organization_id;
    OrganizationPolicyType type = OrganizationPolicyType::service_control;

    static constexpr std::string_view table = "enabled_policy_types";
    static constexpr Index by_type{"enabled_policy_types_by_type", true, {"organization_id", "type"}};
    static constexpr auto indexes() { return std::array{&by_type}; }
    static constexpr auto columns() {
        return Columns{Column{"organization_id", &EnabledPolicyType::organization_id},
                       Column{"type", &EnabledPolicyType::type}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::organization, {}, organization_id}; }
};

struct OrganizationalUnit {
    std::string organization_id;
    std::string unit_id;    ///< ou-…
    std::string parent_id;  ///< The root or another unit.
    std::string name;
    std::string name_folded;  ///< Siblings differ in more than case (spec O1).
    Instant created_at{};

    static constexpr std::string_view table = "organizational_units";
    static constexpr Index by_id{"organizational_units_by_id", true, {"organization_id", "unit_id"}};
    static constexpr Index by_parent{
        "organizational_units_by_parent", true, {"organization_id", "parent_id", "name_folded"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_parent}; }
    static constexpr auto columns() {
        return Columns{Column{"organization_id", &OrganizationalUnit::organization_id},
                       Column{"unit_id", &OrganizationalUnit::unit_id},
                       Column{"parent_id", &OrganizationalUnit::parent_id},
                       Column{"name", &OrganizationalUnit::name},
                       Column{"name_folded", &OrganizationalUnit::name_folded},
                       Column{"created_at", &OrganizationalUnit::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::organization, {}, organization_id}; }
};

/// An account of an organization, the management account too. An account is in at most one.
struct OrganizationMember {
    std::string account_id;
    std::string organization_id;
    std::string parent_id;  ///< The root or a unit.
    JoinedMethod joined_method = JoinedMethod::created;
    Instant joined_at{};

    static constexpr std::string_view table = "organization_members";
    static constexpr Index by_account{"organization_members_by_account", true, {"account_id"}};
    static constexpr Index by_organization{
        "organization_members_by_organization", true, {"organization_id", "account_id"}};
    static constexpr Index by_parent{
        "organization_members_by_parent", true, {"organization_id", "parent_id", "account_id"}};
    static constexpr auto indexes() { return std::array{&by_account, &by_organization, &by_parent}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &OrganizationMember::account_id},
                       Column{"organization_id", &OrganizationMember::organization_id},
                       Column{"parent_id", &OrganizationMember::parent_id},
                       Column{"joined_method", &OrganizationMember::joined_method},
                       Column{"joined_at", &OrganizationMember::joined_at}};
    }
    /// Of the account: it may not have been known as a member before.
    [[nodiscard]] Entity entity() const { return {EntityKind::account, account_id, account_id}; }
};

}  // namespace writ::store
