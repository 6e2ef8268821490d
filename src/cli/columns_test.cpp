#include "cli/columns.h"

#include <gtest/gtest.h>

namespace writ::cli {
namespace {

const Terminal plain = Terminal::with_colour(false);

TEST(Columns, AlignsAllButTheLast) {
    Columns columns(2);
    columns.add({{"a"}, {"read"}, {"x"}});
    columns.add({{"long"}, {"w"}, {"y"}});
    EXPECT_EQ(columns.text(plain), "  a     read  x\n  long  w     y\n");
}

TEST(Columns, CountsScalarsAndNotBytesOrColours) {
    Columns columns;
    columns.add({{"ä", Tone::bad}, {"1"}});
    columns.add({{"bb"}, {"2"}});
    EXPECT_EQ(columns.text(plain), "ä   1\nbb  2\n");
    EXPECT_EQ(columns.text(Terminal::with_colour(true)), "\x1b[31mä\x1b[0m   1\nbb  2\n");
}

TEST(Columns, BreaksTheLastColumnBelowItself) {
    Columns columns;
    columns.add({{"name"}, {std::string(60, 'a') + " " + std::string(40, 'b')}});
    EXPECT_EQ(columns.text(plain),
              "name  " + std::string(60, 'a') + "\n      " + std::string(40, 'b') + "\n");
}

TEST(Columns, PutsWhatFollowsAWideCellBelow) {
    Columns columns(0, 4);
    columns.add({{"abcdef"}, {"1"}});
    columns.add({{"abc"}, {"2"}});
    EXPECT_EQ(columns.text(plain), "abcdef\n     1\nabc  2\n");
}

TEST(Columns, LeavesNoBlanksBehindALine) {
    Columns columns;
    columns.add({{"a"}, {""}});
    EXPECT_EQ(columns.text(plain), "a\n");
}

TEST(Wrap, BreaksLongWordsBehindSlashesAndColons) {
    EXPECT_EQ(wrap("arn:aws:s3:::bucket/key", 14), (std::vector<std::string>{"arn:aws:s3:::", "bucket/key"}));
    EXPECT_EQ(wrap("an arn:aws:s3:::bucket/key it", 14),
              (std::vector<std::string>{"an", "arn:aws:s3:::", "bucket/key it"}));
}

TEST(Wrap, BreaksLongWordsBehindHyphensWhenThereIsNothingElse) {
    EXPECT_EQ(wrap("spot-fleet-request", 12), (std::vector<std::string>{"spot-fleet-", "request"}));
    EXPECT_EQ(wrap("a-b/c-d-e", 7), (std::vector<std::string>{"a-b/", "c-d-e"}));
}

TEST(Wrap, BreaksAtBlanks) {
    EXPECT_EQ(wrap("one two three", 7), (std::vector<std::string>{"one two", "three"}));
    EXPECT_EQ(wrap("incomprehensible", 4), (std::vector<std::string>{"incomprehensible"}));
    EXPECT_EQ(wrap("", 4), (std::vector<std::string>{""}));
}

TEST(Join, PutsSomethingBetween) {
    EXPECT_EQ(join({}), "");
    EXPECT_EQ(join({"a", "b"}), "a, b");
}

}  // namespace
}  // namespace writ::cli
