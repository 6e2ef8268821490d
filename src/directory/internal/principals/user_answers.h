#pragma once

#include "directory/directory.h"
#include "directory/principals/users.h"
#include "store/records.h"

namespace writ::directory {

/// As lists show a user: without tags and boundary (spec B5). Costs no look-up.
[[nodiscard]] User listed_user(const AccountView& account, const store::User& record);
/// With tags and boundary.
[[nodiscard]] Result<User> whole_user(const AccountView& account, const store::User& record);

}  // namespace writ::directory
