#pragma once

#include <expected>
#include <string>

#include "directory/accounts/account_details.h"

namespace writ::cli {

/// What `aws iam get-account-authorization-details` prints for a whole account: indented JSON, policy
/// documents as objects.
[[nodiscard]] std::string print_account(const directory::AccountDetails& details);

/// Reads it back. Members that it does not know are left alone; documents may also be percent-encoded texts,
/// as the API itself sends them. The error says what is missing where, or that the file is only one page.
[[nodiscard]] std::expected<directory::AccountDetails, std::string> read_account(std::string text);

}  // namespace writ::cli
