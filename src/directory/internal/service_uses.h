#pragma once

#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "store/records.h"

namespace writ::directory {

/// What a user or role attempted in the last 400 days (spec 8.15).
[[nodiscard]] Result<std::vector<store::ServiceUse>> read_service_uses(const AccountView& account,
                                                                       std::string_view principal_id);
/// All of them, of a user or role that goes.
[[nodiscard]] Result<void> erase_service_uses(AccountEdit& account, std::string_view principal_id);

}  // namespace writ::directory
