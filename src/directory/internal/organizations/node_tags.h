#pragma once

#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/tags.h"
#include "store/records/organization.h"

/// Tags of roots, units, accounts, policies and the resource policy of an organization, by id. Keys compare
/// with case. They lie with the management account.
namespace writ::directory::organizations {

[[nodiscard]] Result<std::vector<Tag>> read_resource_tags(const AccountView& account,
                                                          const store::Organization& organization,
                                                          std::string_view id);
/// Adds or replaces. InvalidInputException DUPLICATE_TAG_KEY or INVALID_SYSTEM_TAGS_PARAMETER,
/// ConstraintViolationException MAX_TAG_LIMIT_EXCEEDED.
[[nodiscard]] Result<void> put_resource_tags(AccountEdit& account, const store::Organization& organization,
                                             std::string_view id, const std::vector<Tag>& tags);
[[nodiscard]] Result<void> erase_resource_tags(AccountEdit& account, const store::Organization& organization,
                                               std::string_view id);
/// Keys that are not there are no error.
[[nodiscard]] Result<void> erase_resource_tags(AccountEdit& account, const store::Organization& organization,
                                               std::string_view id, const std::vector<std::string>& keys);

}  // namespace writ::directory::organizations
