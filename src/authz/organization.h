#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/context.h"
#include "engine/policies.h"

namespace writ::authz {

/// The policies of one type that act on an account, a set for each level, the root first.
class PolicyLevels {
  public:
    explicit PolicyLevels(std::vector<engine::PolicySet> sets);

    [[nodiscard]] std::span<const engine::PolicySet* const> views() const noexcept { return views_; }

  private:
    std::vector<engine::PolicySet> sets_;
    std::vector<const engine::PolicySet*> views_;
};

/// An account as its organization sees it, its policies compiled. Immutable: a change in the store makes a
/// new one.
struct Organization {
    std::string account;
    bool account_closed = false;  ///< Nobody may use the account.
    std::string id;               ///< o-…; empty: the account is in none, and all that follows is empty.
    std::string management_account;
    std::string parent_path;               ///< "o-…/r-…/ou-…/": where the account lies (spec O8).
    bool delegated_administrator = false;  ///< Of any service: it may read the organization (spec O7).

    /// Nothing: no such policies act on the account (spec 5.2).
    std::optional<PolicyLevels> service_control;
    std::optional<PolicyLevels> resource_control;
    /// What the organization delegates to its members, and the denials of it alone. Nothing: no such policy,
    /// or the account manages the organization, which it never binds.
    std::optional<engine::PolicySet> resource_policy;
    std::optional<engine::PolicySet> resource_denials;
    /// What lets the account ask for the root of members, for the tasks of centralized root access that are
    /// enabled: the resource-based policy of every root user (spec 7.4). Nothing: it may not.
    std::optional<engine::PolicySet> root_access;

    /// Why its policies could not be read, for the log. Not empty: whatever they act on is denied.
    std::string defect;

    [[nodiscard]] bool manages() const noexcept { return !id.empty() && account == management_account; }
};

using OrganizationPtr = std::shared_ptr<const Organization>;

/// aws:PrincipalOrgID and aws:PrincipalOrgPaths, aws:ResourceOrgID and aws:ResourceOrgPaths (spec 4.1).
/// Absent for accounts without organization.
void set_principal_organization_keys(engine::Context& context, const Organization& organization);
void set_resource_organization_keys(engine::Context& context, const Organization& organization);

}  // namespace writ::authz
