#pragma once

#include <cstdint>

#include "directory/directory.h"

namespace writ::directory {

/// Version of the session tokens that the global endpoint of STS issues for the account (spec B29): 1 is for
/// the regions that are enabled by default, 2 for all. This server has one region and one endpoint, whose
/// tokens are good for all it serves, so that nothing but the summary of the account tells of it.
[[nodiscard]] Result<std::int64_t> get_global_token_version(const AccountView& account);
/// REQUIRES: 1 or 2.
[[nodiscard]] Result<void> set_global_token_version(AccountEdit& account, std::int64_t version);

}  // namespace writ::directory
