#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace writ {

/// UTC with millisecond precision, the precision in which dates of conditions are compared (spec ?12).
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// The only place where time comes from. Tests give their own. Safe for concurrent use.
class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const noexcept = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const noexcept override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

/// Stands still until a test moves it. Not safe while another thread moves it.
class FixedClock final : public Clock {
  public:
    explicit FixedClock(Instant start) : now_(start) {}
    [[nodiscard]] Instant now() const noexcept override { return now_; }
    void advance(std::chrono::milliseconds by) noexcept { now_ += by; }

  private:
    Instant now_;
};

/// "2026-11-24T04:23:00Z": the form of dates in answers (spec S8); milliseconds are cut off.
[[nodiscard]] std::string format_iso8601(Instant instant);
/// "20261124T042300Z": the form of SigV4 dates.
[[nodiscard]] std::string format_iso8601_basic(Instant instant);
/// Exactly the form "20261124T042300Z", as SigV4 demands; nothing for any other text.
[[nodiscard]] std::optional<Instant> parse_iso8601_basic(std::string_view text) noexcept;
/// ISO 8601 in the W3C profile: a date alone, or with a time of minutes, seconds or fractions, and with a
/// zone
/// ("Z", "+hh:mm", "+hhmm", "+hh") or without (UTC, spec C20). "T" and "Z" in either case. Allocates nothing.
[[nodiscard]] std::optional<Instant> parse_iso8601(std::string_view text) noexcept;

}  // namespace writ
