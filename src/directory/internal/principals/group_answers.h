#pragma once

#include "directory/directory.h"
#include "directory/principals/groups.h"
#include "store/records.h"

namespace writ::directory {

/// A group as every answer shows it.
[[nodiscard]] Group group_of(const AccountView& account, const store::Group& record);

}  // namespace writ::directory
