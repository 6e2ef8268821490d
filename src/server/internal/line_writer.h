#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "server/log.h"

namespace writ::server::internal {

/// "2026-11-24T04:23:00.123Z"; the part up to the second is kept, since lines come by the thousand in one.
class Timestamps {
  public:
    void append(std::string& to, Instant now);

  private:
    Instant second_{std::chrono::milliseconds{-1}};
    std::string text_;
};

/// Appends one line of the log to a text, field by field. `name`s are ours and need no quoting; values may be
/// anything: what is no UTF-8 or no printable character is escaped, and long ones are cut.
class LineWriter {
  public:
    LineWriter(std::string& to, LogFormat format) : to_(to), json_(format == LogFormat::json) {}

    /// REQUIRES: the first call.
    void begin(Timestamps& timestamps, Instant now, std::string_view level, std::string_view event);
    /// Nothing when the value is empty.
    void text(std::string_view name, std::string_view value);
    void number(std::string_view name, std::uint64_t value);
    void end() { to_ += json_ ? "}\n" : "\n"; }

  private:
    void name(std::string_view name);
    void quoted(std::string_view value);

    std::string& to_;
    bool json_;
};

}  // namespace writ::server::internal
