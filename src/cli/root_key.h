#pragma once

#include "directory/accounts/accounts.h"

namespace writ::cli {

/// Prints the access key that was made for the root user: the only chance to learn its secret. False when it
/// did not reach the reader.
[[nodiscard]] bool print_root_key(const directory::KeyPair& key);

}  // namespace writ::cli
