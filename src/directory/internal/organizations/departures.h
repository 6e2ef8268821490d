#pragma once

#include <string_view>

#include "directory/internal/organizations/records.h"

namespace writ::directory::organizations {

/// Takes an account out of its organization, with all that was attached to it. AccountNotFoundException,
/// MasterCannotLeaveOrganizationException, ConstraintViolationException while it administers a service or has
/// not been there long enough.
[[nodiscard]] Result<void> depart(AccountEdit& account, const store::Organization& organization,
                                  std::string_view account_id);

}  // namespace writ::directory::organizations
