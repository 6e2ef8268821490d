#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// What a user or role did at a guarded service: one row for each action, resource and set of condition
/// values. No decision depends on it, so it stays out of the feed.
struct RecordedUse {
    std::string account_id;
    std::string principal_id;
    std::string use_id;  ///< Digest of action, resource and context.
    std::string action;  ///< "dynamodb:GetItem".
    std::string resource;
    std::string resource_account;
    Bytes context;  ///< Condition keys and their values; how, the directory knows.
    std::int64_t uses = 0;
    Instant first_at{};
    Instant last_at{};
    bool is_merged = false;  ///< Stands for many resources: there were too many to keep each.

    static constexpr std::string_view table = "recorded_uses";
    static constexpr Index by_id{"recorded_uses_by_id", true, {"account_id", "principal_id", "use_id"}};
    static constexpr auto indexes() { return std::array{&by_id}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &RecordedUse::account_id},
                       Column{"principal_id", &RecordedUse::principal_id},
                       Column{"use_id", &RecordedUse::use_id},
                       Column{"action", &RecordedUse::action},
                       Column{"resource", &RecordedUse::resource},
                       Column{"resource_account", &RecordedUse::resource_account},
                       Column{"context", &RecordedUse::context},
                       Column{"uses", &RecordedUse::uses},
                       Column{"first_at", &RecordedUse::first_at},
                       Column{"last_at", &RecordedUse::last_at},
                       Column{"is_merged", &RecordedUse::is_merged}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
