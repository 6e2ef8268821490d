#pragma once

#include <chrono>
#include <string>

#include "base/time.h"

namespace writ::server::internal {

/// The Date header, written once a second. For one thread.
class HttpDate {
  public:
    /// "Tue, 24 Nov 2026 04:23:00 GMT".
    [[nodiscard]] const std::string& at(Instant now);

  private:
    std::chrono::sys_seconds second_{std::chrono::seconds{-1}};
    std::string text_;
};

}  // namespace writ::server::internal
