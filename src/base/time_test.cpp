#include "base/time.h"

#include <gtest/gtest.h>

namespace writ {
namespace {

using std::chrono::milliseconds;
constexpr Instant new_year_2030{milliseconds{1893456000000}};

TEST(Time, ReadsTheW3cProfile) {  // Spec 3.2, C20.
    EXPECT_EQ(parse_iso8601("2030-01-01"), new_year_2030);
    EXPECT_EQ(parse_iso8601("2030-01-01T00:00Z"), new_year_2030);
    EXPECT_EQ(parse_iso8601("2030-01-01t00:00:00z"), new_year_2030);
    EXPECT_EQ(parse_iso8601("2030-01-01T00:00:00"), new_year_2030);
    EXPECT_EQ(parse_iso8601("2030-01-01T02:30:00+02:30"), new_year_2030);
    EXPECT_EQ(parse_iso8601("2029-12-31T23:00:00-01"), new_year_2030);
    EXPECT_EQ(parse_iso8601("2030-01-01T00:00:00.1239Z"), new_year_2030 + milliseconds{123});
}

TEST(Time, RefusesWhatIsNoDate) {
    for (const char* text :
         {"", "2030", "2030-13-01", "2030-02-30", "2030-01-01T", "2030-01-01T24:00Z", "2030-01-01T00:00:00.Z",
          "2030-01-01T00:00:00+25:00", "2030-01-01T00:00:00Z ", "abc"}) {
        EXPECT_FALSE(parse_iso8601(text)) << text;
    }
}

TEST(Time, FormatsAndReadsTheBasicForm) {
    EXPECT_EQ(format_iso8601(new_year_2030 + milliseconds{999}), "2030-01-01T00:00:00Z");
    EXPECT_EQ(format_iso8601_basic(new_year_2030), "20300101T000000Z");
    EXPECT_EQ(parse_iso8601_basic("20300101T000000Z"), new_year_2030);
    EXPECT_FALSE(parse_iso8601_basic("20300101T000000"));
    EXPECT_FALSE(parse_iso8601_basic("20301301T000000Z"));
}

}  // namespace
}  // namespace writ
