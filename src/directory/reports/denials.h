#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"

/// Denied requests as they were decided, for those who ask why: kept for 24 hours, in bounded space.
namespace writ::directory {

struct Denial {
    std::string id;  ///< Lower-case letters and digits.
    Instant denied_at{};
    std::string question;      ///< A policy cases file with every policy that was in force.
    std::string account_id{};  ///< Of the caller; told by find_denial().
};

/// Bytes of questions that one account may hold; the oldest go first.
inline constexpr std::int64_t denial_bytes_max = 64LL * 1024 * 1024;

/// Keeps new ones and drops what is too old or too much. Cost: one insert each, and as many deletions as are
/// due, at most some hundreds a call.
[[nodiscard]] Result<void> keep_denials(AccountEdit& account, const std::vector<Denial>& denials,
                                        std::int64_t bytes_max = denial_bytes_max);
/// By id alone. Nothing when there is none (any more).
[[nodiscard]] Result<std::optional<Denial>> find_denial(store::Reader& records, const Clock& clock,
                                                        std::string_view id);

}  // namespace writ::directory
