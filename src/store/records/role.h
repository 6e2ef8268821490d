#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

struct Role {
    std::string account_id;
    std::string role_id;
    std::string name;
    std::string name_folded;
    std::string path;
    std::string description;
    std::string trust_document;  ///< With unique ids in place of user and role ARNs (spec P3).
    std::int64_t max_session_s = 3600;
    Instant created_at{};

    static constexpr std::string_view table = "roles";
    static constexpr Index by_id{"roles_by_id", true, {"account_id", "role_id"}};
    static constexpr Index by_name{"roles_by_name", true, {"account_id", "name_folded"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_name}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &Role::account_id},
                       Column{"role_id", &Role::role_id},
                       Column{"name", &Role::name},
                       Column{"name_folded", &Role::name_folded},
                       Column{"path", &Role::path},
                       Column{"description", &Role::description},
                       Column{"trust_document", &Role::trust_document},
                       Column{"max_session_s", &Role::max_session_s},
                       Column{"created_at", &Role::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::role, account_id, role_id}; }
};

}  // namespace writ::store
