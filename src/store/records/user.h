#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

struct User {
    std::string account_id;
    std::string user_id;
    std::string name;
    std::string name_folded;  ///< Lower case: names are unique without case (spec B2).
    std::string path;
    Instant created_at{};

    static constexpr std::string_view table = "users";
    static constexpr Index by_id{"users_by_id", true, {"account_id", "user_id"}};
    static constexpr Index by_name{"users_by_name", true, {"account_id", "name_folded"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_name}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &User::account_id},
                       Column{"user_id", &User::user_id},
                       Column{"name", &User::name},
                       Column{"name_folded", &User::name_folded},
                       Column{"path", &User::path},
                       Column{"created_at", &User::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::user, account_id, user_id}; }
};

}  // namespace writ::store
