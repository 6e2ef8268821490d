#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// The one name that people may call an account by, unique over all accounts (spec B25). No decision depends
/// on it, so it stays out of the feed.
struct AccountAlias {
    std::string account_id;
    std::string alias;

    static constexpr std::string_view table = "account_aliases";
    static constexpr Index by_account{"account_aliases_by_account", true, {"account_id"}};
    static constexpr Index by_alias{"account_aliases_by_alias", true, {"alias"}};
    static constexpr auto indexes() { return std::array{&by_account, &by_alias}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &AccountAlias::account_id},
                       Column{"alias", &AccountAlias::alias}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
