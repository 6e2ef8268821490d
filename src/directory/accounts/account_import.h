#pragma once

#include "directory/accounts/account_details.h"
#include "directory/directory.h"

namespace writ::directory {

/// Rebuilds in an empty account what get_account_details() tells of another: users, groups, roles, policies
/// with their versions, memberships, attachments, boundaries, tags, instance profiles, with their ids and
/// dates, and what is known of resources of other services. What the details do not hold does not come along:
/// keys, passwords, MFA devices, descriptions, longest sessions. How many there are is not held against
/// quotas, the size of each document is. Errors, after which nothing must be committed: InvalidInput for an
/// account that is not empty, for ARNs of another account or that do not follow from path and name, for ids
/// of another kind, and for AWS managed policies that are unknown here, since what they deny would be lost;
/// MalformedPolicyDocument; LimitExceeded; EntityAlreadyExists. Cost: one insert a row, and one update a
/// role.
[[nodiscard]] Result<void> import_account(AccountEdit& account, const AccountDetails& details);

}  // namespace writ::directory
