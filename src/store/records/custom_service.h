#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// A service that an account has described to Writ, so that its actions may be asked about. The account is
/// told in the feed, for what is read into questions depends on it.
struct CustomService {
    std::string account_id;
    std::string prefix;      ///< Of its actions, in lower case: "myapp".
    std::string definition;  ///< JSON, as reference::read_service takes it.
    Instant registered_at{};

    static constexpr std::string_view table = "custom_services";
    static constexpr Index by_prefix{"custom_services_by_prefix", true, {"account_id", "prefix"}};
    static constexpr auto indexes() { return std::array{&by_prefix}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &CustomService::account_id},
                       Column{"prefix", &CustomService::prefix},
                       Column{"definition", &CustomService::definition},
                       Column{"registered_at", &CustomService::registered_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::account, account_id, account_id}; }
};

}  // namespace writ::store
