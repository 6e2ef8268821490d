#include "cli/terminal.h"

#include <gtest/gtest.h>

namespace writ::cli {
namespace {

TEST(Terminal, PaintsOnlyWithColour) {
    EXPECT_EQ(Terminal::with_colour(false).paint(Tone::bad, "no"), "no");
    EXPECT_EQ(Terminal::with_colour(true).paint(Tone::bad, "no"), "\x1b[31mno\x1b[0m");
    EXPECT_EQ(Terminal::with_colour(true).paint(Tone::plain, "no"), "no");
    EXPECT_EQ(Terminal::with_colour(true).paint(Tone::good, ""), "");
}

TEST(Terminal, AFileIsNoTerminal) {
    std::FILE* file = std::tmpfile();
    ASSERT_NE(file, nullptr);
    EXPECT_FALSE(Terminal(file).colour());
    std::fclose(file);
}

}  // namespace
}  // namespace writ::cli
