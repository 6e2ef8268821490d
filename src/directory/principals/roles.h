#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/tags.h"

namespace writ::directory {

struct RoleLastUsed {
    Instant used_at{};
    std::string region;
};

struct Role {
    std::string role_id;  ///< AROA…
    std::string name;
    std::string path;
    std::string arn;
    std::string description;  ///< Empty: none.
    std::string
        trust_document;  ///< With ARNs of principals that exist, ids of those that are gone (spec P3).
    std::int64_t max_session_s = 3600;
    Instant created_at{};
    std::optional<RoleLastUsed> last_used;    ///< Only from get_role.
    std::optional<std::string> boundary_arn;  ///< Not in lists.
    std::vector<Tag> tags;                    ///< Not in lists.
};

struct NewRole {
    std::string name{};
    std::string path = "/";
    std::string trust_document{};
    std::string description{};
    std::optional<std::int64_t> max_session_s{};
    std::optional<std::string> boundary_arn{};
    std::vector<Tag> tags{};
};

struct RoleChange {
    std::optional<std::string> description{};
    std::optional<std::int64_t> max_session_s{};
};

[[nodiscard]] Result<Role> create_role(AccountEdit& account, const NewRole& role);
[[nodiscard]] Result<Role> get_role(const AccountView& account, std::string_view name);
/// Keeps what is omitted (spec B6).
[[nodiscard]] Result<Role> update_role(AccountEdit& account, std::string_view name, const RoleChange& change);
[[nodiscard]] Result<void> update_assume_role_policy(AccountEdit& account, std::string_view name,
                                                     std::string_view trust_document);
/// DeleteConflict while it is in instance profiles or has attached or inline policies, in this order.
[[nodiscard]] Result<void> delete_role(AccountEdit& account, std::string_view name);
[[nodiscard]] Result<Page<Role>> list_roles(const AccountView& account, std::string_view path_prefix,
                                            const PageRequest& page);
/// Remembers that the role was assumed, at most once per 15 minutes.
[[nodiscard]] Result<void> record_role_use(AccountEdit& account, std::string_view role_id,
                                           std::string_view region);

}  // namespace writ::directory
