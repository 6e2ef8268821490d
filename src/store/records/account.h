#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// An account. Its root user has no row of its own: its id is the account's.
struct Account {
    std::string account_id;
    Instant created_at{};
    /// Of accounts that an organization made, or that were given them.
    std::optional<std::string> name{};
    std::optional<std::string> email{};
    std::optional<std::string> email_folded{};  ///< No two accounts share one.
    std::optional<Instant> closed_at{};         ///< Since when nobody may use it.

    static constexpr std::string_view table = "accounts";
    static constexpr Index by_id{"accounts_by_id", true, {"account_id"}};
    static constexpr Index by_email{"accounts_by_email", true, {"email_folded"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_email}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &Account::account_id},
                       Column{"created_at", &Account::created_at},
                       Column{"name", &Account::name},
                       Column{"email", &Account::email},
                       Column{"email_folded", &Account::email_folded},
                       Column{"closed_at", &Account::closed_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::account, account_id, account_id}; }
};

}  // namespace writ::store
