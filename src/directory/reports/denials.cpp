#include "directory/reports/denials.h"

#include <chrono>
#include <utility>

#include "directory/internal/counters.h"
#include "directory/internal/failures.h"
#include "directory/internal/oldest_first.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr std::chrono::hours kept_for{24};
constexpr std::string_view bytes_counter = "denial bytes";

std::int64_t bytes_of(const store::Denial& denial) noexcept {
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
    const Retention<store::Denial> retention{store::Denial::by_age, &store::Denial::denied_at, bytes_of,
                                             kept_for, bytes_max};
    const auto dropped = drop_oldest(account, {.equal = {account.account_id}}, bytes, retention);
    if (!dropped) return std::unexpected(dropped.error());
    const auto counted = add_to_counter(account, bytes_counter, dropped->bytes_left - *before);
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
