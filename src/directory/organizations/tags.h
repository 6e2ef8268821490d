#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/tags.h"

/// Tags of roots, units, accounts, policies and the resource policy of an organization, by their ids.
/// TargetNotFoundException; policies of AWS cannot be tagged: InvalidInputException TARGET_NOT_SUPPORTED.
namespace writ::directory::organizations {

[[nodiscard]] Result<void> tag_resource(AccountEdit& account, std::string_view id,
                                        const std::vector<Tag>& tags);
[[nodiscard]] Result<void> untag_resource(AccountEdit& account, std::string_view id,
                                          const std::vector<std::string>& keys);
[[nodiscard]] Result<Page<Tag>> list_resource_tags(const AccountView& account, std::string_view id,
                                                   const PageRequest& page);

}  // namespace writ::directory::organizations
