#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/internal/testing_policies.h"
#include "directory/principals/groups.h"
#include "directory/principals/users.h"

/// For the tests of entities that have a name and a path.
namespace writ::directory {

struct UserFunctions {
    using Entity = User;
    using New = NewUser;
    using Change = UserChange;
    static constexpr auto create = create_user;
    static constexpr auto get = get_user;
    static constexpr auto update = update_user;
    static constexpr auto remove = delete_user;
    static constexpr auto list = list_users;
};

struct GroupFunctions {
    using Entity = Group;
    using New = NewGroup;
    using Change = GroupChange;
    static constexpr auto create = create_group;
    static constexpr auto get = find_group;
    static constexpr auto update = update_group;
    static constexpr auto remove = delete_group;
    static constexpr auto list = list_groups;
};

/// Each call in a transaction of its own.
template <class Functions>
class EntityTest : public DirectoryTest {
  protected:
    using Entity = typename Functions::Entity;

    Result<Entity> create(const typename Functions::New& entity) {
        return edit([&](AccountEdit& account) { return Functions::create(account, entity); });
    }
    Result<Entity> get(std::string_view name) {
        return view([&](const AccountView& account) { return Functions::get(account, name); });
    }
    Result<Entity> update(std::string_view name, const typename Functions::Change& change) {
        return edit([&](AccountEdit& account) { return Functions::update(account, name, change); });
    }
    Result<void> remove(std::string_view name) {
        return edit([&](AccountEdit& account) { return Functions::remove(account, name); });
    }
    std::vector<std::string> names(const std::string& path_prefix = "/",
                                   const char* in_account = account_id) {
        const auto page =
            view([&](const AccountView& account) { return Functions::list(account, path_prefix, {}); },
                 in_account);
        std::vector<std::string> result;
        for (const Entity& entity : page->items) result.push_back(entity.name);
        return result;
    }
};

/// Spec 8.3: what stands in the way of a deletion.
inline Error delete_conflict_of(const std::string& remedy) {
    return {"DeleteConflict", 409, "Cannot delete entity, must " + remedy};
}

}  // namespace writ::directory
