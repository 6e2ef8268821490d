#pragma once

#include <string>
#include <string_view>

#include "directory/internal/organizations/records.h"
#include "directory/organizations/policies.h"

namespace writ::directory::organizations {

/// A policy of the organization or of AWS as a summary; PolicyNotFoundException.
[[nodiscard]] Result<PolicySummary> summary_of(const AccountView& account,
                                               const store::Organization& organization, std::string_view id);
[[nodiscard]] PolicySummary to_summary(const AccountView& account, const store::Organization& organization,
                                       const store::OrganizationPolicy& record);
/// The page of a list that is empty; the marker of any other list is refused all the same.
[[nodiscard]] Result<Page<PolicySummary>> no_policies(const AccountView& account, std::string_view operation,
                                                      const PageRequest& page);
/// A row; nothing for policies of AWS and unknown ones.
[[nodiscard]] Result<std::optional<store::OrganizationPolicy>> find_policy(
    const AccountView& account, const store::Organization& organization, std::string_view id);

}  // namespace writ::directory::organizations
