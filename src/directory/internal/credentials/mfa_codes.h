#pragma once

#include <string_view>

#include "crypto/one_time_code.h"
#include "store/records.h"

/// When a device accepts codes (spec B14). These change the record and nothing else.
namespace writ::directory {

/// Counts a try before any code is looked at: false when the nine of these three minutes are used up.
[[nodiscard]] bool spend_try(store::MfaDevice& device, Instant now);

/// Two codes that follow each other, newer than the pair before and inside the search window: then the drift
/// of the device is known. The codes can still be used for a session.
[[nodiscard]] bool accept_pair(store::MfaDevice& device, const crypto::OneTimeCodes& codes,
                               std::string_view first, std::string_view second, Instant now);

/// A code for a session: of the two steps around now, and never used before.
[[nodiscard]] bool accept_code(store::MfaDevice& device, const crypto::OneTimeCodes& codes,
                               std::string_view code, Instant now);

}  // namespace writ::directory
