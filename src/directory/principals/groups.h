#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/principals/users.h"

namespace writ::directory {

struct Group {
    std::string group_id;  ///< AGPA…
    std::string name;
    std::string path;
    std::string arn;
    Instant created_at{};
};

struct NewGroup {
    std::string name{};
    std::string path = "/";
};

struct GroupChange {
    std::optional<std::string> name{};
    std::optional<std::string> path{};
};

/// GetGroup: the group, and one page of its members.
struct GroupWithMembers {
    Group group;
    Page<User> members;
};

[[nodiscard]] Result<Group> create_group(AccountEdit& account, const NewGroup& group);
[[nodiscard]] Result<Group> find_group(const AccountView& account, std::string_view name);
[[nodiscard]] Result<GroupWithMembers> get_group(const AccountView& account, std::string_view name,
                                                 const PageRequest& page);
[[nodiscard]] Result<Group> update_group(AccountEdit& account, std::string_view name,
                                         const GroupChange& change);
/// DeleteConflict while it has members, inline or attached policies, in this order.
[[nodiscard]] Result<void> delete_group(AccountEdit& account, std::string_view name);
[[nodiscard]] Result<Page<Group>> list_groups(const AccountView& account, std::string_view path_prefix,
                                              const PageRequest& page);
[[nodiscard]] Result<Page<Group>> list_groups_for_user(const AccountView& account, std::string_view user_name,
                                                       const PageRequest& page);
/// No error when the user is a member already.
[[nodiscard]] Result<void> add_user_to_group(AccountEdit& account, std::string_view group_name,
                                             std::string_view user_name);
/// No error when the user is no member.
[[nodiscard]] Result<void> remove_user_from_group(AccountEdit& account, std::string_view group_name,
                                                  std::string_view user_name);

}  // namespace writ::directory
