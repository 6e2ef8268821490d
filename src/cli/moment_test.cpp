#include "cli/moment.h"

#include <gtest/gtest.h>

namespace writ::cli {
namespace {

TEST(Moment, IsADateOrHowLongAgo) {
    const Instant now = *parse_iso8601("2026-11-24T04:23:00Z");
    const auto told = [&](std::string_view text) {
        const auto moment = parse_moment(text, now);
        return moment ? format_iso8601(*moment) : std::string("none");
    };
    EXPECT_EQ(told("90m"), "2026-11-24T02:53:00Z");
    EXPECT_EQ(told("24h"), "2026-11-23T04:23:00Z");
    EXPECT_EQ(told("7d"), "2026-11-17T04:23:00Z");
    EXPECT_EQ(told("0m"), "2026-11-24T04:23:00Z");
    EXPECT_EQ(told("2026-11-01"), "2026-11-01T00:00:00Z");
    EXPECT_EQ(told("2026-11-01T10:00:00+02:00"), "2026-11-01T08:00:00Z");
    for (const char* text : {"", "d", "-1d", "1.5h", "7x", "yesterday", "9999999999d", "1 d"}) {
        EXPECT_EQ(told(text), "none") << text;
    }
}

}  // namespace
}  // namespace writ::cli
