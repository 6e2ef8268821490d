#include "base/text.h"

#include <gtest/gtest.h>

namespace writ {
namespace {

TEST(Text, PercentEncodingFollowsRfc3986) {
    EXPECT_EQ(percent_encode("a b+c/~é"), "a%20b%2Bc%2F~%C3%A9");
    EXPECT_EQ(percent_encode("/a b", true), "/a%20b");
    EXPECT_EQ(percent_decode("a%20b+c"), "a b+c");
    EXPECT_EQ(percent_decode("a%20b+c", true), "a b c");
    EXPECT_FALSE(percent_decode("a%2"));
    EXPECT_FALSE(percent_decode("a%zz"));
}

TEST(Text, Base64AgreesWithRfc4648) {
    const std::vector<std::pair<std::string, std::string>> vectors{{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : vectors) {
        EXPECT_EQ(base64_encode(as_bytes(plain)), encoded);
        const auto decoded = base64_decode(encoded);
        ASSERT_TRUE(decoded);
        EXPECT_TRUE(std::ranges::equal(*decoded, as_bytes(plain)));
    }
    EXPECT_FALSE(base64_decode("Zg="));
    EXPECT_FALSE(base64_decode("Z===") && base64_decode("Z g="));
    EXPECT_FALSE(base64_decode("Zg==Zg=="));
}

TEST(Text, CountsScalarsAndRefusesBrokenUtf8) {
    EXPECT_EQ(count_scalars("aé€😀"), 4U);
    EXPECT_FALSE(count_scalars("\xC0\x80"));          // Overlong.
    EXPECT_FALSE(count_scalars("\xED\xA0\x80"));      // Surrogate.
    EXPECT_FALSE(count_scalars("\xF4\x90\x80\x80"));  // Beyond U+10FFFF.
    EXPECT_FALSE(count_scalars("\xE2\x82"));          // Cut off.
}

TEST(Text, ComparesWithoutAsciiCase) {
    EXPECT_TRUE(equals_ignoring_case("S3:GetObject", "s3:getobject"));
    EXPECT_FALSE(equals_ignoring_case("a", "ab"));
    EXPECT_EQ(hex_encode(as_bytes("\x01\xFF")), "01ff");
}

}  // namespace
}  // namespace writ
