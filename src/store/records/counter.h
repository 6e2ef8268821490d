#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// A number kept in step with rows that would be too many to count at each call: users of an account,
/// entities a policy is attached to. Changed in the transaction that changes the rows.
struct Counter {
    std::string account_id;
    std::string name;
    std::int64_t value = 0;

    static constexpr std::string_view table = "counters";
    static constexpr Index by_name{"counters_by_name", true, {"account_id", "name"}};
    static constexpr auto indexes() { return std::array{&by_name}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &Counter::account_id}, Column{"name", &Counter::name},
                       Column{"value", &Counter::value}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
