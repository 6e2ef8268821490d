#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// Calls that changed nothing, as the audit trail keeps them: those of some moments in one row.
struct AuditBatch {
    Instant first_at{};  ///< Of the first event.
    std::string batch_id;
    std::string account_id;  ///< Whose trail it is in.
    Bytes events;            ///< In order of time; how, the directory knows.

    static constexpr std::string_view table = "audit_batches";
    static constexpr Index by_time{"audit_batches_by_time", true, {"first_at", "batch_id"}};
    /// The order in which they are dropped.
    static constexpr Index by_age{"audit_batches_by_age", true, {"account_id", "first_at", "batch_id"}};
    static constexpr auto indexes() { return std::array{&by_time, &by_age}; }
    static constexpr auto columns() {
        return Columns{Column{"first_at", &AuditBatch::first_at}, Column{"batch_id", &AuditBatch::batch_id},
                       Column{"account_id", &AuditBatch::account_id}, Column{"events", &AuditBatch::events}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
