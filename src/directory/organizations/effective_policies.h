#pragma once

#include <string_view>

#include "directory/directory.h"
#include "directory/pages.h"

/// Effective policies are made of management policies: tag, backup, chat policies and their like. None of
/// those types can be enabled here, so no account has an effective policy, valid or not, and every question
/// about one is refused: EffectivePolicyNotFoundException, unless something else is wrong with it.
namespace writ::directory::organizations {

/// TargetNotFoundException for an account that the organization has not.
[[nodiscard]] Error effective_policy_refusal(const AccountView& account, std::string_view account_id);
/// AccountNotFoundException likewise; InvalidInputException INVALID_NEXT_TOKEN for any marker: no page was
/// ever given.
[[nodiscard]] Error effective_policy_errors_refusal(const AccountView& account, std::string_view account_id,
                                                    const PageRequest& page);
[[nodiscard]] Error invalid_effective_policies_refusal(const AccountView& account, const PageRequest& page);

}  // namespace writ::directory::organizations
