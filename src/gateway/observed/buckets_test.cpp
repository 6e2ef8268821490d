#include <gtest/gtest.h>

#include "gateway/observed/observed_for_tests.h"

// Shapes: Amazon S3 API Reference.
namespace writ::gateway::testing {
namespace {

constexpr auto policy =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::docs/*"}]})";
constexpr auto given =
    R"({"Bucket":"docs","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::docs/*\"}]}"})";

TEST(ObservedBuckets, Policies) {
    EXPECT_EQ(changes("s3", "PutBucketPolicy", given), Lines{std::string("put arn:aws:s3:::docs ") + policy});
    EXPECT_EQ(changes("s3", "DeleteBucketPolicy", R"({"Bucket":"docs"})"), Lines{"delete arn:aws:s3:::docs"});
    const auto refused = observation("s3", "PutBucketPolicy", R"({"Bucket":"docs","Policy":"{}"})");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "MalformedPolicy");
    EXPECT_EQ(refused.error().http_status, 400);
}

TEST(ObservedBuckets, TheirOwnerIsWhoMadeThem) {
    EXPECT_EQ(changes("s3", "CreateBucket", R"({"Bucket":"docs"})"), Lines{"learn 5 docs is 111122223333"});
    EXPECT_EQ(changes("s3", "CreateBucket",
                      R"({"Bucket":"docs","CreateBucketConfiguration":{"Tags":[{"Key":"a","Value":"1"}]}})"),
              (Lines{"learn 5 docs is 111122223333", "tag arn:aws:s3:::docs a=1"}));
    EXPECT_EQ(changes("s3", "DeleteBucket", R"({"Bucket":"docs"})"),
              (Lines{"forget arn:aws:s3:::docs", "unlearn 5 docs"}));
}

TEST(ObservedBuckets, Tags) {
    EXPECT_EQ(
        changes(
            "s3", "PutBucketTagging",
            R"({"Bucket":"docs","Tagging":{"TagSet":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]}})"),
        Lines{"replace tags of arn:aws:s3:::docs a=1 b=2"});
    EXPECT_EQ(changes("s3", "DeleteBucketTagging", R"({"Bucket":"docs"})"),
              Lines{"replace tags of arn:aws:s3:::docs"});
}

TEST(ObservedObjects, Tags) {
    EXPECT_EQ(changes("s3", "PutObject", R"({"Bucket":"docs","Key":"a/b","Tagging":"team=a&x=1%202"})"),
              Lines{"replace tags of arn:aws:s3:::docs/a/b team=a x=1 2"});
    EXPECT_EQ(changes("s3", "PutObject", R"({"Bucket":"docs","Key":"why?*","Tagging":"a=1"})"),
              Lines{"replace tags of arn:aws:s3:::docs/why?* a=1"});
    EXPECT_EQ(changes("s3", "PutObject", R"({"Bucket":"docs","Key":"a"})"), Lines{});
    EXPECT_EQ(changes("s3", "PutObjectTagging",
                      R"({"Bucket":"docs","Key":"a","Tagging":{"TagSet":[{"Key":"a","Value":"1"}]}})"),
              Lines{"replace tags of arn:aws:s3:::docs/a a=1"});
    EXPECT_EQ(changes("s3", "DeleteObjectTagging", R"({"Bucket":"docs","Key":"a"})"),
              Lines{"replace tags of arn:aws:s3:::docs/a"});
    // Of another version than the current one, for all that is known.
    EXPECT_EQ(changes("s3", "DeleteObjectTagging", R"({"Bucket":"docs","Key":"a","VersionId":"v1"})"),
              Lines{});
    EXPECT_EQ(changes("s3", "GetObject", R"({"Bucket":"docs","Key":"a"})"), Lines{});
}

TEST(ObservedObjects, TagsOfUploadsInPartsAreKeptUntilTheyAreWhole) {
    constexpr auto answer =
        "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>";
    const Lines learnt =
        changes("s3", "CreateMultipartUpload", R"({"Bucket":"docs","Key":"a","Tagging":"team=a"})", answer);
    ASSERT_EQ(learnt.size(), 1U);
    EXPECT_TRUE(learnt.front().starts_with("learn 6 ")) << learnt.front();
    EXPECT_TRUE(learnt.front().ends_with(" is team=a for 604800 s")) << learnt.front();
    EXPECT_EQ(changes("s3", "CreateMultipartUpload", R"({"Bucket":"docs","Key":"a"})", answer), Lines{});
}

TEST(ObservedObjects, CopiesTellInTheirBodyWhetherTheyWereMade) {
    constexpr auto copy =
        R"({"Bucket":"docs","Key":"b","CopySource":"docs/a","TaggingDirective":"REPLACE","Tagging":"a=1"})";
    EXPECT_EQ(changes("s3", "CopyObject", copy, "<CopyObjectResult><ETag>\"e\"</ETag></CopyObjectResult>"),
              Lines{"replace tags of arn:aws:s3:::docs/b a=1"});
    EXPECT_EQ(changes("s3", "CopyObject", copy, "<Error><Code>InternalError</Code></Error>"), Lines{});
    EXPECT_EQ(changes("s3", "CopyObject", copy, "ok"),
              Lines{"ServiceFailure: The answer is neither JSON nor XML."});
}

}  // namespace
}  // namespace writ::gateway::testing
