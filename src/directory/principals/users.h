#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/tags.h"

namespace writ::directory {

struct User {
    std::string user_id;  ///< AIDA…
    std::string name;
    std::string path;
    std::string arn;
    Instant created_at{};
    std::optional<std::string> boundary_arn;  ///< Type is always PermissionsBoundaryPolicy. Not in lists.
    std::vector<Tag> tags;                    ///< Not in lists (spec B5).
};

struct NewUser {
    std::string name{};
    std::string path = "/";
    std::optional<std::string> boundary_arn{};
    std::vector<Tag> tags{};
};

struct UserChange {
    std::optional<std::string> name{};
    std::optional<std::string> path{};
};

[[nodiscard]] Result<User> create_user(AccountEdit& account, const NewUser& user);
/// Names are found in any case; the answer has the stored one (spec B2).
[[nodiscard]] Result<User> get_user(const AccountView& account, std::string_view name);
/// By unique id, for GetUser and others without a name: the caller.
[[nodiscard]] Result<User> get_user_by_id(const AccountView& account, std::string_view user_id);
/// Id, keys, groups and policies stay; the ARN follows (spec B4).
[[nodiscard]] Result<User> update_user(AccountEdit& account, std::string_view name, const UserChange& change);
/// DeleteConflict while the user has keys, MFA devices, inline or attached policies or groups, in the order
/// of spec 8.3. Tags and the permissions boundary go with the user.
[[nodiscard]] Result<void> delete_user(AccountEdit& account, std::string_view name);
[[nodiscard]] Result<Page<User>> list_users(const AccountView& account, std::string_view path_prefix,
                                            const PageRequest& page);

}  // namespace writ::directory
