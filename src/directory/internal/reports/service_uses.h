#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "store/records.h"

namespace writ::directory {

/// Whether the user or role of that id is there. Root always is: its id is the account's.
[[nodiscard]] Result<bool> principal_still_lives(const AccountView& account, std::string_view principal_id);

/// What a user or role attempted in the last 400 days (spec 8.15).
[[nodiscard]] Result<std::vector<store::ServiceUse>> read_service_uses(const AccountView& account,
                                                                       std::string_view principal_id);
struct LastUse {
    Instant at{};
    std::string region;
};
/// When anybody of the account, root included, attempted to use a service last, in the last 400 days. Cost:
/// linear in all uses that the account has.
[[nodiscard]] Result<std::map<std::string, LastUse>> last_uses_of_account(const AccountView& account,
                                                                          std::string_view account_id);
/// All of them, of a user or role that goes.
[[nodiscard]] Result<void> erase_service_uses(AccountEdit& account, std::string_view principal_id);

}  // namespace writ::directory
