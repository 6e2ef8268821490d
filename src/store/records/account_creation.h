#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// Written to disk: never renumber.
enum class CreationState : std::uint8_t { in_progress = 0, succeeded = 1, failed = 2 };

/// A request to create an account in an organization, and what became of it.
struct AccountCreation {
    std::string organization_id;
    std::string request_id;  ///< car-…
    CreationState state = CreationState::in_progress;
    std::string account_name;
    std::string account_id;      ///< Empty unless it succeeded.
    std::string failure_reason;  ///< "EMAIL_ALREADY_EXISTS"; empty unless it failed.
    Instant requested_at{};
    std::optional<Instant> completed_at;

    static constexpr std::string_view table = "account_creations";
    static constexpr Index by_id{"account_creations_by_id", true, {"organization_id", "request_id"}};
    static constexpr auto indexes() { return std::array{&by_id}; }
    static constexpr auto columns() {
        return Columns{Column{"organization_id", &AccountCreation::organization_id},
                       Column{"request_id", &AccountCreation::request_id},
                       Column{"state", &AccountCreation::state},
                       Column{"account_name", &AccountCreation::account_name},
                       Column{"account_id", &AccountCreation::account_id},
                       Column{"failure_reason", &AccountCreation::failure_reason},
                       Column{"requested_at", &AccountCreation::requested_at},
                       Column{"completed_at", &AccountCreation::completed_at}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
