#include "cli/json_line.h"

#include <gtest/gtest.h>

namespace writ::cli {
namespace {

TEST(JsonLine, KeepsTheOrderAndEscapes) {
    EXPECT_EQ(json_line({{"file", std::string("a\"b")}, {"changed", true}}),
              "{\"file\":\"a\\\"b\",\"changed\":true}\n");
    EXPECT_EQ(json_line({{"file", std::string("\xff")}}), "{\"file\":\"\xef\xbf\xbd\"}\n");
}

TEST(SpreadJson, IndentsByTwo) {
    EXPECT_EQ(spread_json(R"({"b":1,"a":["x"]})"), "{\n  \"b\": 1,\n  \"a\": [\n    \"x\"\n  ]\n}");
    EXPECT_EQ(spread_json("no json"), "no json");
}

}  // namespace
}  // namespace writ::cli
