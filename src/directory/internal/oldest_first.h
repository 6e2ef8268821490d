#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "directory/directory.h"
#include "directory/internal/failures.h"

namespace writ::directory {

/// How long rows that hold much stay: while they are young enough and all of them together small enough.
template <class Record>
struct Retention {
    const store::Index& oldest_first;
    Instant Record::* made_at;
    std::int64_t (*bytes_of)(const Record&) noexcept;
    std::chrono::milliseconds age_max;
    std::int64_t bytes_max;
};

struct Dropped {
    std::int64_t bytes_left = 0;
    bool more_are_due = false;
};

/// Drops rows of the range, the oldest first, while they are due; some hundreds at most. `bytes`: what the
/// range holds. Rows are large and mostly none is due: it looks at one first, and at more each time that all
/// were dropped.
template <class Record>
[[nodiscard]] Result<Dropped> drop_oldest(AccountEdit& account, store::Range range, std::int64_t bytes,
                                          const Retention<Record>& retention) {
    constexpr std::size_t at_once_max = 512;
    const Instant now = account.environment.clock.now();
    for (range.rows_max = 1; range.rows_max <= at_once_max; range.rows_max *= 8) {
        const auto oldest = account.records.list<Record>(retention.oldest_first, range);
        if (!oldest) return std::unexpected(to_error(oldest.error()));
        for (const Record& record : *oldest) {
            const bool is_old = now - record.*retention.made_at >= retention.age_max;
            if (!is_old && bytes <= retention.bytes_max) return Dropped{bytes, false};
            if (auto erased = result_of(account.writes.erase(record)); !erased) {
                return std::unexpected(std::move(erased.error()));
            }
            bytes -= retention.bytes_of(record);
        }
        if (oldest->size() < range.rows_max) return Dropped{0, false};  // None is left.
    }
    return Dropped{bytes < 0 ? 0 : bytes, true};
}

}  // namespace writ::directory
