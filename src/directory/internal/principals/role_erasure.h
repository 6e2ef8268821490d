#pragma once

#include "directory/directory.h"
#include "store/records.h"

namespace writ::directory {

/// Removes the role with its boundary, tags and traces of use.
/// REQUIRES: nothing is attached to it or embedded in it, and no instance profile holds it.
[[nodiscard]] Result<void> erase_role(AccountEdit& account, const store::Role& role);

}  // namespace writ::directory
