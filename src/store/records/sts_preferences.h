#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// What an account has chosen for its session tokens (spec B29). No decision depends on it, so it stays out
/// of the feed.
struct StsPreferences {
    std::string account_id;
    std::int64_t global_token_version = 1;  ///< Of tokens from the endpoint for all regions: 1 or 2.

    static constexpr std::string_view table = "sts_preferences";
    static constexpr Index by_account{"sts_preferences_by_account", true, {"account_id"}};
    static constexpr auto indexes() { return std::array{&by_account}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &StsPreferences::account_id},
                       Column{"global_token_version", &StsPreferences::global_token_version}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
