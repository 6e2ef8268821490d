#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/records/password.h"

namespace writ::directory {

/// What must not be a password under the default rule: the names that an account goes by.
using AccountNames = std::vector<std::string>;

/// PasswordPolicyViolation when the password is not what the policy demands; without a policy, the default
/// rule of spec B8. Looks at the text only, not at the history.
[[nodiscard]] Result<void> check_password(const std::optional<store::PasswordPolicy>& policy,
                                          std::string_view password, const AccountNames& names);

[[nodiscard]] std::unexpected<Error> password_policy_violation();

}  // namespace writ::directory
