#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"

/// What users and roles do at guarded services, recorded so that their policies can be cut down to it.
namespace writ::directory {

/// A condition key and the values that it had.
struct UseKey {
    std::string name;  ///< "s3:prefix".
    std::vector<std::string> values;
    bool multivalued = false;  ///< A list, also with one value or none (spec C13).

    auto operator<=>(const UseKey&) const = default;
};

struct RecordedUse {
    std::string action;          ///< "s3:GetObject".
    std::string resource = "*";  ///< ARN, or "*" for an action without resource.
    std::string resource_account{};
    std::vector<UseKey> context{};  ///< By name.
    std::int64_t uses = 1;
    Instant first_at{};
    Instant last_at{};
    /// There were too many resources to keep each: this one ends in "*" in place of its last segment, and its
    /// context is not told.
    bool is_merged = false;
};

/// How much is kept of one principal.
struct UseRoom {
    std::size_t rows_max = 10'000;        ///< Different uses; what comes then is merged.
    std::size_t merged_rows_max = 2'000;  ///< Beside those; what comes then is only counted.
};

/// Adds to what is known of the user or role. A principal that went in the meantime leaves no trace. `lost`:
/// uses of which nothing more is known. Cost: one look-up and one write for each of `uses`, which should be
/// added up before.
[[nodiscard]] Result<void> record_uses(AccountEdit& account, std::string_view principal_id,
                                       const std::vector<RecordedUse>& uses, std::int64_t lost = 0,
                                       const UseRoom& room = {});

struct UseRecord {
    std::vector<RecordedUse> uses;  ///< In no order that means something.
    std::int64_t lost = 0;          ///< Uses that found no room.
    std::int64_t before = 0;        ///< Rows that were left out, since nothing of them is as young.
};
/// What the user or role used at `since` or later: counts tell of the time before too.
[[nodiscard]] Result<UseRecord> read_recorded_uses(const AccountView& account, std::string_view principal_id,
                                                   Instant since);

}  // namespace writ::directory
