#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// An account. Its root user has no row of its own: its id is the account's.
struct Account {
    std::string account_id;
    Instant created_at{};

    static constexpr std::string_view table = "accounts";
    static constexpr Index by_id{"accounts_by_id", true, {"account_id"}};
    static constexpr auto indexes() { return std::array{&by_id}; }
    static constexpr auto columns() {
        return std::tuple{Column{"account_id", &Account::account_id},
                          Column{"created_at", &Account::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::account, account_id, account_id}; }
};

}  // namespace writ::store
