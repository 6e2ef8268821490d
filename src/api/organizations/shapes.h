#pragma once

#include "api/answers.h"
#include "directory/organizations/delegation.h"
#include "directory/organizations/handshakes.h"
#include "directory/organizations/members.h"
#include "directory/organizations/organization.h"
#include "directory/organizations/policies.h"
#include "directory/organizations/units.h"
#include "directory/pages.h"

/// From what the directory returns to what an operation answers.
namespace writ::api::organizations {

namespace org = directory::organizations;

[[nodiscard]] Output organization_shape(const org::Organization& organization);
[[nodiscard]] Output root_shape(const org::Root& root);
[[nodiscard]] Output unit_shape(const org::OrganizationalUnit& unit);
[[nodiscard]] Output account_shape(const org::Member& member);
[[nodiscard]] Output creation_shape(const store::AccountCreation& creation);
[[nodiscard]] Output child_shape(const org::Relative& child);
[[nodiscard]] Output parent_shape(const org::Relative& parent);
[[nodiscard]] Output policy_summary_shape(const org::PolicySummary& summary);
[[nodiscard]] Output policy_shape(const org::Policy& policy);
[[nodiscard]] Output policy_target_shape(const org::PolicyTarget& target);
[[nodiscard]] Output trusted_service_shape(const org::ServiceGrant& grant);
[[nodiscard]] Output delegated_service_shape(const org::ServiceGrant& grant);
[[nodiscard]] Output administrator_shape(const org::Administrator& administrator);
[[nodiscard]] Output resource_policy_shape(const org::ResourcePolicy& policy);
[[nodiscard]] Output handshake_shape(const org::Handshake& handshake);

/// The list with NextToken, only when more follows.
template <class T>
Result<Output> answer_page(const Result<directory::Page<T>>& page, std::string_view member, Shape<T> shape) {
    if (!page) return std::unexpected(page.error());
    Output output;
    output.set(member, list_of(page->items, shape));
    if (page->marker) output.set("NextToken", *page->marker);
    return output;
}

}  // namespace writ::api::organizations
