#pragma once

#include "directory/directory.h"
#include "directory/principals/roles.h"
#include "store/records.h"

namespace writ::directory {

/// As lists show a role: without tags, boundary and last use (spec B5).
[[nodiscard]] Result<Role> listed_role(const AccountView& account, const store::Role& record);

/// With tags and boundary.
[[nodiscard]] Result<Role> whole_role(const AccountView& account, const store::Role& record);
/// With its last use too.
[[nodiscard]] Result<Role> whole_role_with_use(const AccountView& account, const store::Role& record);

}  // namespace writ::directory
