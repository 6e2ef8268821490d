#include "directory/denials.h"

#include <chrono>
#include <utility>

#include "directory/internal/counters.h"
#include "directory/internal/failures.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr std::chrono::hours kept_for{24};
constexpr std::size_t dropped_at_once = 512;
constexpr std::string_view bytes_counter = "denial bytes";

std::int64_t bytes_of(const store::Denial& denial) {
    return static_cast<std::int64_t>(denial.question.size());
}

Result<std::int64_t> insert(AccountEdit& account, const Denial& denial) {
    const store::Denial record{.account_id = account.account_id,
                               .denial_id = denial.id,
                               .denied_at = denial.denied_at,
                               .question = denial.question};
    if (auto inserted = result_of(account.writes.insert(record)); !inserted) {
        return std::unexpected(std::move(inserted.error()));
    }
    return bytes_of(record);
}

/// The oldest, while they are too old or hold more than `bytes_max` together with the rest. Returns the bytes
/// that are left of `bytes`. Rows are large, and mostly none is dropped: it looks at one first, and at more
/// each time that all were dropped.
Result<std::int64_t> drop(AccountEdit& account, std::int64_t bytes, std::int64_t bytes_max) {
    const Instant now = account.environment.clock.now();
    for (std::size_t at_once = 1; at_once <= dropped_at_once; at_once *= 8) {
        const auto oldest = account.records.list<store::Denial>(
            store::Denial::by_age, {.equal = {account.account_id}, .rows_max = at_once});
        if (!oldest) return std::unexpected(to_error(oldest.error()));
        for (const store::Denial& denial : *oldest) {
            if (now - denial.denied_at < kept_for && bytes <= bytes_max) return bytes;
            if (auto erased = result_of(account.writes.erase(denial)); !erased) {
                return std::unexpected(std::move(erased.error()));
            }
            bytes -= bytes_of(denial);
        }
        if (oldest->size() < at_once) break;
    }
    return bytes;
}

}  // namespace

Result<void> keep_denials(AccountEdit& account, const std::vector<Denial>& denials, std::int64_t bytes_max) {
    const auto before = read_counter(account, bytes_counter);
    if (!before) return std::unexpected(before.error());
    std::int64_t bytes = *before;
    for (const Denial& denial : denials) {
        const auto inserted = insert(account, denial);
        if (!inserted) return std::unexpected(inserted.error());
        bytes += *inserted;
    }
    const auto left = drop(account, bytes, bytes_max);
    if (!left) return std::unexpected(left.error());
    const auto counted = add_to_counter(account, bytes_counter, *left - *before);
    if (!counted) return std::unexpected(counted.error());
    return {};
}

Result<std::optional<Denial>> find_denial(store::Reader& records, const Clock& clock, std::string_view id) {
    auto found = records.find<store::Denial>(store::Denial::by_id, {id});
    if (!found) return std::unexpected(to_error(found.error()));
    if (!*found || clock.now() - (*found)->denied_at >= kept_for) return std::nullopt;
    return Denial{std::move((*found)->denial_id), (*found)->denied_at, std::move((*found)->question),
                  std::move((*found)->account_id)};
}

}  // namespace writ::directory
