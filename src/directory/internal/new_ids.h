#pragma once

#include <string>

#include "crypto/access_key.h"
#include "directory/directory.h"

namespace writ::directory {

/// A unique id that no row has: AIDA…, AROA…, AGPA…, AIPA…, ANPA…, ASCA…, ACCA…, and AKIA… for access keys.
/// Of public keys (APKA…) the user has a few only, so that the unique index alone sees to it.
[[nodiscard]] Result<std::string> new_id(const AccountView& account, crypto::IdKind kind);
/// A random UUID of 36 characters, which nobody else will ever have.
[[nodiscard]] std::string new_uuid(const AccountView& account);

}  // namespace writ::directory
