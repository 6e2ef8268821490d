#pragma once

#include "directory/directory.h"

/// The login profile of a root user: root has no password here, so it says no more than that whoever owns the
/// e-mail address of the account may set one. Sessions of AssumeRoot make, read and end it (spec B27).
namespace writ::directory {

struct RootRecovery {
    Instant created_at{};
};

/// EntityAlreadyExists while there is one.
[[nodiscard]] Result<RootRecovery> allow_root_recovery(AccountEdit& account);
/// NoSuchEntity when there is none.
[[nodiscard]] Result<RootRecovery> get_root_recovery(const AccountView& account);
[[nodiscard]] Result<void> end_root_recovery(AccountEdit& account);

}  // namespace writ::directory
