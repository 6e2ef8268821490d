#include "authz/organization.h"

#include <utility>

namespace writ::authz {
namespace {

void set_keys(engine::Context& context, const Organization& organization, std::string_view id_key,
              std::string_view paths_key) {
    if (organization.id.empty()) return;
    context.set(id_key, organization.id);
    context.set_list(paths_key, std::span(&organization.parent_path, 1));
}

}  // namespace

PolicyLevels::PolicyLevels(std::vector<engine::PolicySet> sets) : sets_(std::move(sets)) {
    views_.reserve(sets_.size());
    for (const engine::PolicySet& set : sets_) views_.push_back(&set);
}

void set_principal_organization_keys(engine::Context& context, const Organization& organization) {
    set_keys(context, organization, "aws:PrincipalOrgID", "aws:PrincipalOrgPaths");
}

void set_resource_organization_keys(engine::Context& context, const Organization& organization) {
    set_keys(context, organization, "aws:ResourceOrgID", "aws:ResourceOrgPaths");
}

}  // namespace writ::authz
