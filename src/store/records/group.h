#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

struct Group {
    std::string account_id;
    std::string group_id;
    std::string name;
    std::string name_folded;
    std::string path;
    Instant created_at{};

    static constexpr std::string_view table = "groups";
    static constexpr Index by_id{"groups_by_id", true, {"account_id", "group_id"}};
    static constexpr Index by_name{"groups_by_name", true, {"account_id", "name_folded"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_name}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &Group::account_id},
                       Column{"group_id", &Group::group_id},
                       Column{"name", &Group::name},
                       Column{"name_folded", &Group::name_folded},
                       Column{"path", &Group::path},
                       Column{"created_at", &Group::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::group, account_id, group_id}; }
};

/// A user is in a group. A change of it is a change of the user: groups are no principals (spec P2).
struct Membership {
    std::string account_id;
    std::string group_id;
    std::string user_id;
    std::string user_name_folded;  ///< Of the user, so that members are listed by name.

    static constexpr std::string_view table = "memberships";
    static constexpr Index by_user{"memberships_by_user", true, {"account_id", "user_id", "group_id"}};
    static constexpr Index by_group{
        "memberships_by_group", true, {"account_id", "group_id", "user_name_folded"}};
    static constexpr auto indexes() { return std::array{&by_user, &by_group}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &Membership::account_id},
                       Column{"group_id", &Membership::group_id}, Column{"user_id", &Membership::user_id},
                       Column{"user_name_folded", &Membership::user_name_folded}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::user, account_id, user_id}; }
};

}  // namespace writ::store
