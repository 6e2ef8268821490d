#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/principals/roles.h"
#include "directory/tags.h"
#include "directory/targets.h"

/// Instance profiles: what hands a role to a machine.
namespace writ::directory {

struct InstanceProfile {
    std::string profile_id;  ///< AIPA…
    std::string name;
    std::string path;
    std::string arn;
    Instant created_at{};
    std::optional<Role> role;  ///< As lists show it.
    std::vector<Tag> tags;     ///< Not in lists.
};

struct NewInstanceProfile {
    std::string name{};
    std::string path = "/";
    std::vector<Tag> tags{};
};

[[nodiscard]] Result<InstanceProfile> create_instance_profile(AccountEdit& account,
                                                              const NewInstanceProfile& profile);
[[nodiscard]] Result<InstanceProfile> get_instance_profile(const AccountView& account, std::string_view name);
[[nodiscard]] Result<Page<InstanceProfile>> list_instance_profiles(const AccountView& account,
                                                                   std::string_view path_prefix,
                                                                   const PageRequest& page);
[[nodiscard]] Result<Page<InstanceProfile>> list_instance_profiles_for_role(const AccountView& account,
                                                                            std::string_view role_name,
                                                                            const PageRequest& page);
/// DeleteConflict while it holds a role.
[[nodiscard]] Result<void> delete_instance_profile(AccountEdit& account, std::string_view name);
/// LimitExceeded when it holds a role already, be it the same.
[[nodiscard]] Result<void> add_role_to_instance_profile(AccountEdit& account, std::string_view name,
                                                        std::string_view role_name);
[[nodiscard]] Result<void> remove_role_from_instance_profile(AccountEdit& account, std::string_view name,
                                                             std::string_view role_name);

/// For authorizing before looking (spec B7).
[[nodiscard]] Result<Target> find_instance_profile_target(const AccountView& account, std::string_view name);

}  // namespace writ::directory
