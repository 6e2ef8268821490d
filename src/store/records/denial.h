#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// A denied request as it was decided, for those who ask why. Kept for a day.
struct Denial {
    std::string account_id;
    std::string denial_id;
    Instant denied_at{};
    std::string question;  ///< A policy case with every policy in force.

    static constexpr std::string_view table = "denials";
    static constexpr Index by_id{"denials_by_id", true, {"denial_id"}};
    static constexpr Index by_age{"denials_by_age", true, {"account_id", "denied_at", "denial_id"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_age}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &Denial::account_id}, Column{"denial_id", &Denial::denial_id},
                       Column{"denied_at", &Denial::denied_at}, Column{"question", &Denial::question}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
