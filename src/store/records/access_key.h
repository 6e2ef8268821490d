#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// A long-term access key of a user or, with the account as `owner_id`, of the root user.
struct AccessKey {
    std::string account_id;
    std::string owner_id;
    std::string access_key_id;
    bool active = true;
    Bytes sealed_secret;  ///< Opens with the key ring only.
    Instant created_at{};

    static constexpr std::string_view table = "access_keys";
    static constexpr Index by_owner{
        "access_keys_by_owner", true, {"account_id", "owner_id", "access_key_id"}};
    static constexpr Index by_id{"access_keys_by_id", true, {"access_key_id"}};
    static constexpr auto indexes() { return std::array{&by_owner, &by_id}; }
    static constexpr auto columns() {
        return Columns{
            Column{"account_id", &AccessKey::account_id},       Column{"owner_id", &AccessKey::owner_id},
            Column{"access_key_id", &AccessKey::access_key_id}, Column{"active", &AccessKey::active},
            Column{"sealed_secret", &AccessKey::sealed_secret}, Column{"created_at", &AccessKey::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::access_key, account_id, access_key_id}; }
};

/// When something was used last: an access key, or (without service) a role. No decision depends on it, so it
/// stays out of the feed.
struct LastUse {
    std::string account_id;
    std::string used_id;  ///< Access key id or role id.
    Instant used_at{};
    std::string service;
    std::string region;

    static constexpr std::string_view table = "last_uses";
    static constexpr Index by_id{"last_uses_by_id", true, {"account_id", "used_id"}};
    static constexpr auto indexes() { return std::array{&by_id}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &LastUse::account_id}, Column{"used_id", &LastUse::used_id},
                       Column{"used_at", &LastUse::used_at}, Column{"service", &LastUse::service},
                       Column{"region", &LastUse::region}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
