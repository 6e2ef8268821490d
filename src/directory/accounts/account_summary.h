#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "directory/directory.h"

namespace writ::directory {

struct SummaryEntry {
    std::string_view key;  ///< "UsersQuota".
    std::int64_t value = 0;
};

/// What is in an account and how much may be (spec B19). Cost: linear in the managed policies in use and the
/// MFA devices.
[[nodiscard]] Result<std::vector<SummaryEntry>> get_account_summary(const AccountView& account);

}  // namespace writ::directory
