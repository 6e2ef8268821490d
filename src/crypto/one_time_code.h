#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"

/// Time-based one-time passwords (RFC 6238) as virtual MFA devices make them: SHA-1, 30 seconds, 6 digits.
namespace writ::crypto {

/// A new seed as base32 text of 64 characters, 320 random bits (spec B13).
[[nodiscard]] Secret make_one_time_seed(RandomSource& random);

/// What the QR code of a new device tells the app (spec B13). `account_label`: how apps name the account.
[[nodiscard]] Secret provisioning_uri(std::string_view device_name, std::string_view account_label,
                                      const Secret& seed);

/// Steps of 30 seconds since 1970: what a code is made from, beside the seed.
[[nodiscard]] constexpr std::int64_t one_time_step(Instant instant) noexcept {
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count() / 30;
}

/// First and last step that are searched, both included.
struct Steps {
    std::int64_t first = 0;
    std::int64_t last = 0;
};

/// The codes of one device. Immutable, safe for concurrent use. About a microsecond a code.
class OneTimeCodes {
  public:
    /// `InternalFailure` when the seed is no base32 text.
    [[nodiscard]] static Result<OneTimeCodes> of(const Secret& seed);

    /// Six digits. REQUIRES: `step` is not negative.
    [[nodiscard]] std::string at(std::int64_t step) const;
    /// Whether `code` is that of the step, in the same time for any code of six characters.
    [[nodiscard]] bool is_code_of(std::int64_t step, std::string_view code) const;
    /// The first step of the range whose code is `first` and whose next one's is `second`.
    [[nodiscard]] std::optional<std::int64_t> find_pair(const Steps& steps, std::string_view first,
                                                        std::string_view second) const;

  private:
    explicit OneTimeCodes(Secret key) : key_(std::move(key)) {}
    Secret key_;  ///< The bytes behind the seed.
};

}  // namespace writ::crypto
