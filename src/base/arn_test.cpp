#include "base/arn.h"

#include <gtest/gtest.h>

namespace writ {
namespace {

TEST(Arn, KeepsColonsOfTheResourcePart) {  // Spec R2.
    const auto arn = parse_arn("arn:aws:logs:eu-west-1:111122223333:log-group:a:*");
    ASSERT_TRUE(arn);
    EXPECT_EQ(arn->partition, "aws");
    EXPECT_EQ(arn->service, "logs");
    EXPECT_EQ(arn->region, "eu-west-1");
    EXPECT_EQ(arn->account, "111122223333");
    EXPECT_EQ(arn->resource, "log-group:a:*");
    EXPECT_EQ(arn->part(0), "arn");
    EXPECT_EQ(arn->part(5), "log-group:a:*");
}

TEST(Arn, AllowsEmptyParts) {
    const auto arn = parse_arn("arn:aws:s3:::bucket/key");
    ASSERT_TRUE(arn);
    EXPECT_EQ(arn->account, "");
    EXPECT_EQ(arn->resource, "bucket/key");
}

TEST(Arn, RefusesFewerThanSixParts) {
    EXPECT_FALSE(parse_arn("arn:aws:s3"));
    EXPECT_FALSE(parse_arn("arn:aws:s3::bucket"));
    EXPECT_FALSE(parse_arn("*"));
    EXPECT_FALSE(parse_arn(""));
}

TEST(AccountId, HasTwelveDigits) {
    EXPECT_TRUE(is_account_id("123456789012"));
    EXPECT_TRUE(is_account_id("000000000000"));
    for (const char* id :
         {"", "12345678901", "1234567890123", "12345678901x", "-12345678901", "12345678901 "}) {
        EXPECT_FALSE(is_account_id(id)) << id;
    }
}

}  // namespace
}  // namespace writ
