#pragma once

#include <string>
#include <vector>

#include "directory/directory.h"
#include "store/records.h"

namespace writ::directory::organizations {

/// ARNs of the task policies that the account may pass to AssumeRoot (spec 7.4): those of the features that
/// are enabled, as long as everything that they need holds. Empty: it may not call it.
[[nodiscard]] Result<std::vector<std::string>> root_tasks_of(const AccountView& account,
                                                             const store::Organization& organization);

}  // namespace writ::directory::organizations
