#include "engine/internal/explanation/json_string.h"

#include <gtest/gtest.h>

namespace writ::engine {
namespace {

TEST(JsonString, EscapesWhatJsonAndPoliciesDoNotTake) {
    EXPECT_EQ(json_string(R"(a"b\c)"), R"("a\"b\\c")");
    EXPECT_EQ(json_string("\x01\n\x7F"), "\"\\u0001\\u000a\x7F\"");
    EXPECT_EQ(json_string("é"), "\"é\"");                 // U+00E9 (spec G1)
    EXPECT_EQ(json_string("ā€"), R"("\u0101\u20ac")");    // The first behind U+00FF, and one of three bytes.
    EXPECT_EQ(json_string("😀!"), R"("\ud83d\ude00!")");  // A surrogate pair.
}

TEST(JsonString, ReplacesWhatIsNoUtf8) {
    EXPECT_EQ(json_string("a\x80z"), R"("a\ufffdz")");
    EXPECT_EQ(json_string("\xE2\x82"), R"("\ufffd\ufffd")");
    EXPECT_EQ(json_string("\xC0\xAF"), R"("\ufffd\ufffd")");  // An overlong slash.
    EXPECT_EQ(json_string("\xF8\x88\x80\x80"), R"("\ufffd\ufffd\ufffd\ufffd")");
}

}  // namespace
}  // namespace writ::engine
