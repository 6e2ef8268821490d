#include "server/internal/http_date.h"

#include <fmt/chrono.h>

namespace writ::server::internal {

const std::string& HttpDate::at(Instant now) {
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    if (second != second_ || text_.empty()) {
        second_ = second;
        text_ = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT",
                            fmt::gmtime(std::chrono::system_clock::to_time_t(second)));
    }
    return text_;
}

}  // namespace writ::server::internal
