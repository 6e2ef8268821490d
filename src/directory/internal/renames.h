#pragma once

#include <string>
#include <string_view>

#include "directory/directory.h"

/// Rows that repeat the name of a principal so that lists are ordered by it. They follow when it changes.
namespace writ::directory {

[[nodiscard]] Result<void> rename_memberships(AccountEdit& account, std::string_view user_id,
                                              const std::string& name_folded);
/// Of a user, group or role, boundaries too.
[[nodiscard]] Result<void> rename_attachments(AccountEdit& account, std::string_view principal_id,
                                              const std::string& name_folded);

}  // namespace writ::directory
