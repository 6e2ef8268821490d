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

}  // namespace
}  // namespace writ
