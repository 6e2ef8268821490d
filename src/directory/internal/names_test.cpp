#include "directory/internal/names.h"

#include <gtest/gtest.h>

namespace writ::directory {
namespace {

TEST(Names, FoldAsciiLettersOnly) {
    EXPECT_EQ(fold("Ada_Lovelace+1@X"), "ada_lovelace+1@x");
    EXPECT_EQ(fold("\xC3\x89"), "\xC3\x89");
}

struct PathRow {
    std::string_view path;
    bool valid;
};

// Spec B1.
constexpr auto paths = std::to_array<PathRow>({
    {"/", true},
    {"/a/", true},
    {"/a/b/", true},
    {"/a//b/", true},
    {"/!~/", true},
    {"///", true},
    {"", false},
    {"//", false},
    {"a/", false},
    {"/a", false},
    {"/a b/", false},
    {"/a\x7F/", false},
    {"/\xC3\xA9/", false},
});

TEST(Names, HaveLettersDigitsAndAFewSigns) {  // B1.
    for (const char* name : {"a", "Z9", "a+=,.@_-b"}) EXPECT_TRUE(is_name(name)) << name;
    EXPECT_TRUE(is_name(std::string(128, 'x')));
    for (const char* name : {"", "a/b", "a b", "a\n", "a\"", "\xc3\xa4", "a:b"})
        EXPECT_FALSE(is_name(name)) << name;
    EXPECT_FALSE(is_name(std::string(129, 'x')));
}

TEST(Names, PathsBeginAndEndWithASlashAndArePrintableAscii) {
    for (const PathRow& row : paths) {
        SCOPED_TRACE(row.path);
        const auto checked = check_path(row.path);
        EXPECT_EQ(checked.has_value(), row.valid);
        if (!checked) {
            EXPECT_EQ(checked.error().code, "ValidationError");
            EXPECT_EQ(checked.error().http_status, 400);
        }
    }
}

}  // namespace
}  // namespace writ::directory
