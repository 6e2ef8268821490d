#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/tags.h"

namespace writ::directory::organizations {

struct OrganizationalUnit {
    std::string id;
    std::string arn;
    std::string name;
    std::string path;  ///< "o-…/r-…/ou-…/", itself included (spec O8).
};

/// ParentNotFoundException, DuplicateOrganizationalUnitException, ConstraintViolationException for the depth
/// or the number of units (spec O1, O6).
[[nodiscard]] Result<OrganizationalUnit> create_unit(AccountEdit& account, std::string_view parent_id,
                                                     std::string_view name, const std::vector<Tag>& tags);
[[nodiscard]] Result<OrganizationalUnit> get_unit(const AccountView& account, std::string_view id);
[[nodiscard]] Result<OrganizationalUnit> rename_unit(AccountEdit& account, std::string_view id,
                                                     std::string_view name);
/// OrganizationalUnitNotEmptyException.
[[nodiscard]] Result<void> delete_unit(AccountEdit& account, std::string_view id);
/// The units directly below a root or unit. ParentNotFoundException.
[[nodiscard]] Result<Page<OrganizationalUnit>> list_units(const AccountView& account,
                                                          std::string_view parent_id,
                                                          const PageRequest& page);

}  // namespace writ::directory::organizations
