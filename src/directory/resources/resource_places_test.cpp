#include "directory/resources/resource_places.h"

#include <gtest/gtest.h>

namespace writ::directory {
namespace {

std::string place(std::string_view arn) {
    std::string made;
    return std::string(policy_place(arn, made));
}

TEST(ResourcePlaces, PoliciesOfPartsLieWithTheWhole) {
    EXPECT_EQ(place("arn:aws:s3:::docs"), "arn:aws:s3:::docs");
    EXPECT_EQ(place("arn:aws:s3:::docs/a/b:c"), "arn:aws:s3:::docs");
    EXPECT_EQ(place("arn:aws:s3:us-east-1:123456789012:accesspoint/ap/object/a/b"),
              "arn:aws:s3:us-east-1:123456789012:accesspoint/ap");
    EXPECT_EQ(place("arn:aws:dynamodb:us-east-1:123456789012:table/T/index/I"),
              "arn:aws:dynamodb:us-east-1:123456789012:table/T");
    EXPECT_EQ(place("arn:aws:logs:us-east-1:123456789012:log-group:/aws/x:log-stream:s"),
              "arn:aws:logs:us-east-1:123456789012:log-group:/aws/x");
    EXPECT_EQ(place("arn:aws:sns:us-east-1:123456789012:topic:0f1e"),
              "arn:aws:sns:us-east-1:123456789012:topic");
}

TEST(ResourcePlaces, RulesOfEventBridgeBelongToTheirBus) {
    EXPECT_EQ(place("arn:aws:events:us-east-1:123456789012:rule/r"),
              "arn:aws:events:us-east-1:123456789012:event-bus/default");
    EXPECT_EQ(place("arn:aws:events:us-east-1:123456789012:rule/aws.partner/x/r"),
              "arn:aws:events:us-east-1:123456789012:event-bus/aws.partner/x");
    EXPECT_EQ(place("arn:aws:events:us-east-1:123456789012:event-bus/b"),
              "arn:aws:events:us-east-1:123456789012:event-bus/b");
}

TEST(ResourcePlaces, SomePartsHavePoliciesOfTheirOwn) {
    for (const std::string arn : {"arn:aws:dynamodb:us-east-1:123456789012:table/T/stream/2026-11-24",
                                  "arn:aws:lambda:us-east-1:123456789012:function:f:prod",
                                  "arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1",
                                  "arn:aws:ecr:us-east-1:123456789012:repository/a/b", "no ARN", "*"}) {
        EXPECT_EQ(place(arn), arn);
    }
}

TEST(ResourcePlaces, TagsOfVersionsAndIndexesAreThoseOfTheWhole) {
    EXPECT_EQ(tag_place("arn:aws:lambda:us-east-1:123456789012:function:f:prod"),
              "arn:aws:lambda:us-east-1:123456789012:function:f");
    EXPECT_EQ(tag_place("arn:aws:dynamodb:us-east-1:123456789012:table/T/index/I"),
              "arn:aws:dynamodb:us-east-1:123456789012:table/T");
    EXPECT_EQ(tag_place("arn:aws:s3:::docs/a"), "arn:aws:s3:::docs/a");
    EXPECT_EQ(tag_place("arn:aws:sqs:us-east-1:123456789012:q"), "arn:aws:sqs:us-east-1:123456789012:q");
}

TEST(ResourcePlaces, OnlyQualifiedFunctionsAreVersions) {
    EXPECT_EQ(function_of_version("arn:aws:lambda:us-east-1:123456789012:function:f:7"),
              "arn:aws:lambda:us-east-1:123456789012:function:f");
    EXPECT_EQ(function_of_version("arn:aws:lambda:us-east-1:123456789012:function:f"), "");
    EXPECT_EQ(function_of_version("arn:aws:lambda:us-east-1:123456789012:layer:l:7"), "");
}

TEST(ResourcePlaces, NamesWithSlashesAreNoParts) {
    EXPECT_EQ(part_separator("arn:aws:s3:::docs"), '/');
    EXPECT_EQ(part_separator("arn:aws:s3:::docs/a"), '\0');
    EXPECT_EQ(part_separator("arn:aws:lambda:us-east-1:123456789012:function:f"), ':');
    EXPECT_EQ(part_separator("arn:aws:ssm:us-east-1:123456789012:parameter/a"), '\0');
    EXPECT_EQ(part_separator("arn:aws:ecr:us-east-1:123456789012:repository/a"), '\0');
    EXPECT_TRUE(is_s3_object("arn:aws:s3:::docs/a"));
    EXPECT_FALSE(is_s3_object("arn:aws:s3:::docs"));
}

}  // namespace
}  // namespace writ::directory
