#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/internal/organizations/records.h"

/// Which services SCPs leave at all, whatever their resources and conditions (spec 8.15).
namespace writ::directory::organizations {

/// By namespace.
using Services = std::vector<std::string_view>;

[[nodiscard]] Services all_services();
/// Those of the actions that some SCP of every node of the path allows, and none denies.
[[nodiscard]] Result<Services> services_allowed_at(const AccountView& account,
                                                   const store::Organization& organization,
                                                   const std::vector<Node>& path);
/// Those of one SCP; nothing when there is no such SCP.
[[nodiscard]] Result<std::optional<Services>> services_allowed_by(const AccountView& account,
                                                                  const store::Organization& organization,
                                                                  std::string_view policy_id);

}  // namespace writ::directory::organizations
