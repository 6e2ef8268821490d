#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "directory/directory.h"

namespace writ::directory {

/// The name of the account, in place of a former one (spec B25). EntityAlreadyExists when another account has
/// it. `alias` fits the model; one of twelve digits would be taken for an account id: ValidationError.
[[nodiscard]] Result<void> create_account_alias(AccountEdit& account, std::string_view alias);
/// NoSuchEntity when the account has no alias, or another.
[[nodiscard]] Result<void> delete_account_alias(AccountEdit& account, std::string_view alias);
/// Nothing: none.
[[nodiscard]] Result<std::optional<std::string>> account_alias(const AccountView& account);

}  // namespace writ::directory
