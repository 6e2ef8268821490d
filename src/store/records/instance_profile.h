#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// What hands a role to a machine. At most one role at a time (spec 8.2).
struct InstanceProfile {
    std::string account_id;
    std::string profile_id;
    std::string name;
    std::string name_folded;
    std::string path;
    std::string role_id;  ///< Empty: none.
    Instant created_at{};

    static constexpr std::string_view table = "instance_profiles";
    static constexpr Index by_id{"instance_profiles_by_id", true, {"account_id", "profile_id"}};
    static constexpr Index by_name{"instance_profiles_by_name", true, {"account_id", "name_folded"}};
    static constexpr Index by_role{
        "instance_profiles_by_role", true, {"account_id", "role_id", "name_folded"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_name, &by_role}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &InstanceProfile::account_id},
                       Column{"profile_id", &InstanceProfile::profile_id},
                       Column{"name", &InstanceProfile::name},
                       Column{"name_folded", &InstanceProfile::name_folded},
                       Column{"path", &InstanceProfile::path},
                       Column{"role_id", &InstanceProfile::role_id},
                       Column{"created_at", &InstanceProfile::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::instance_profile, account_id, profile_id}; }
};

}  // namespace writ::store
