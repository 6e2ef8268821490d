#pragma once

#include <string>

#include "crypto/access_key.h"
#include "directory/directory.h"

namespace writ::directory {

/// A unique id that no row has: AIDA…, AROA…, AGPA…, ANPA…, and AKIA… for access keys.
[[nodiscard]] Result<std::string> new_id(const AccountView& account, crypto::IdKind kind);

}  // namespace writ::directory
