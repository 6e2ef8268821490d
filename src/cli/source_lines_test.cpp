#include "cli/source_lines.h"

#include <gtest/gtest.h>

#include "cli/columns.h"

namespace writ::cli {
namespace {

const Terminal plain = Terminal::with_colour(false);

policy::Span span(std::uint32_t line, std::uint32_t from, std::uint32_t end_line, std::uint32_t to) {
    return {{0, line, from}, {0, end_line, to}};
}

TEST(SourceLines, CountsAsEditorsDo) {
    const SourceLines source("a\r\nb\n\nd");
    EXPECT_EQ(source.count(), 4U);
    EXPECT_EQ(source.line(1), "a");
    EXPECT_EQ(source.line(3), "");
    EXPECT_EQ(source.line(4), "d");
    EXPECT_EQ(source.line(0), "");
    EXPECT_EQ(source.line(5), "");
}

TEST(Underlined, MarksTheSpan) {
    const SourceLines source("{\n  \"Action\": 7\n}");
    EXPECT_EQ(underlined(source, span(2, 3, 2, 11), plain, Tone::bad),
              "    2 |   \"Action\": 7\n"
              "      |   ^~~~~~~~\n");
}

TEST(Underlined, EndsWithTheLineWhenTheSpanGoesOn) {
    const SourceLines source("  {\n  }");
    EXPECT_EQ(underlined(source, span(1, 3, 2, 4), plain, Tone::bad), "    1 |   {\n      |   ^\n");
}

TEST(Underlined, PointsBehindTheLastCharacter) {
    const SourceLines source("{");
    EXPECT_EQ(underlined(source, span(1, 2, 1, 2), plain, Tone::bad), "    1 | {\n      |  ^\n");
}

TEST(Underlined, CountsScalars) {
    const SourceLines source("äö b");
    EXPECT_EQ(underlined(source, span(1, 4, 1, 5), plain, Tone::bad), "    1 | äö b\n      |    ^\n");
}

TEST(Underlined, CutsLongLinesAroundTheSpan) {
    const std::string text = std::string(500, 'a') + "HERE" + std::string(500, 'z');
    const std::string shown = underlined(SourceLines(text), span(1, 501, 1, 505), plain, Tone::bad);
    const auto end = shown.find('\n');
    const std::string line = shown.substr(0, end);
    const std::string below = shown.substr(end + 1);
    EXPECT_EQ(columns_of(line), line_columns_max);
    EXPECT_TRUE(line.starts_with("    1 | …a"));
    EXPECT_TRUE(line.ends_with("z…"));
    // The caret stands below the H: "…" has three bytes and one column.
    EXPECT_EQ(below.find('^'), line.find("HERE") - 2);
    EXPECT_NE(below.find("^~~~\n"), std::string::npos);
}

TEST(Printable, LetsNothingMoveTheCursor) {
    EXPECT_EQ(printable("a\tb\x1b[31m\x7f"), "a b [31m ");
    EXPECT_EQ(printable("\xc3\xa4"), "ä");
    EXPECT_EQ(printable("a\xff\xc3"), "a??");
}

}  // namespace
}  // namespace writ::cli
