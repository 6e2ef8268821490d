#pragma once

#include <string_view>

#include "directory/directory.h"
#include "directory/internal/entities.h"

/// The permissions boundary of a user or role (spec B23); boundary_of in entities.h reads it.
namespace writ::directory {

/// Takes the boundary away and counts it out; false when none was set. For principals that are deleted too.
[[nodiscard]] Result<bool> remove_boundary(AccountEdit& account, std::string_view principal_id);

/// Replaces what is set. For principals that are created too. Errors are those of attachable policies, and
/// ValidationError for an ARN that is no policy's (spec ?25). REQUIRES: no group.
[[nodiscard]] Result<void> set_boundary(AccountEdit& account, const OwnerRecord& principal,
                                        std::string_view policy_arn);

}  // namespace writ::directory
