#pragma once

#include "authz/organization.h"
#include "base/result.h"
#include "directory/organizations/in_force.h"

/// From what the directory says about a membership to what the engine can decide with. Private to authz.
namespace writ::authz {

/// Compiled policies of organizations, made or kept.
class OrganizationDocuments {
  public:
    virtual ~OrganizationDocuments() = default;
    [[nodiscard]] virtual Result<engine::CompiledDocumentPtr> get(
        std::string_view organization_id, const directory::organizations::PolicyInForce& policy,
        policy::PolicyType type) = 0;
};

/// A stored document that is none makes an organization with a `defect`. Errors: of the store only.
[[nodiscard]] Result<OrganizationPtr> compile_organization(
    const directory::organizations::Membership& membership, OrganizationDocuments& documents);

}  // namespace writ::authz
