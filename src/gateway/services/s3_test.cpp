#include <gmock/gmock.h>

#include "gateway/internal/mapping/mapping_test_support.h"

/// From "Required permissions for Amazon S3 API operations" and the pages of the operations.
namespace writ::gateway::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

struct Row {
    const char* operation;
    const char* parameters;
    std::vector<std::string> expected;
};

const std::string one = "arn:aws:s3:::photos/cat.jpg";

TEST(S3Mapping, OfOperationsOnObjects) {
    const std::vector<Row> rows{
        {"GetObject", R"({"Bucket":"photos","Key":"cat.jpg"})", {"s3:GetObject " + one}},
        {"GetObject",
         R"({"Bucket":"photos","Key":"cat.jpg","VersionId":"v1"})",
         {"s3:GetObjectVersion " + one}},
        {"HeadObject", R"({"Bucket":"photos","Key":"cat.jpg"})", {"s3:GetObject " + one}},
        {"GetObjectTagging", R"({"Bucket":"photos","Key":"cat.jpg"})", {"s3:GetObjectTagging " + one}},
        {"GetObjectTagging",
         R"({"Bucket":"photos","Key":"cat.jpg","VersionId":"v1"})",
         {"s3:GetObjectVersionTagging " + one}},
        {"GetObjectAttributes",
         R"({"Bucket":"photos","Key":"cat.jpg","ObjectAttributes":["ETag"]})",
         {"s3:GetObject " + one}},
        {"GetObjectAcl",
         R"({"Bucket":"photos","Key":"cat.jpg","VersionId":"v1"})",
         {"s3:GetObjectVersionAcl " + one}},
        {"PutObject", R"({"Bucket":"photos","Key":"cat.jpg"})", {"s3:PutObject " + one}},
        {"PutObject",
         R"({"Bucket":"photos","Key":"cat.jpg","ACL":"public-read","Tagging":"a=1","ObjectLockMode":"GOVERNANCE",
             "ObjectLockLegalHoldStatus":"ON"})",
         {"s3:PutObject " + one, "s3:PutObjectAcl " + one, "s3:PutObjectTagging " + one,
          "s3:PutObjectRetention " + one, "s3:PutObjectLegalHold " + one}},
        {"PutObject",
         R"({"Bucket":"photos","Key":"cat.jpg","GrantRead":"id=1"})",
         {"s3:PutObject " + one, "s3:PutObjectAcl " + one}},
        {"PutObjectAcl",
         R"({"Bucket":"photos","Key":"cat.jpg","ACL":"private"})",
         {"s3:PutObjectAcl " + one}},
        {"PutObjectRetention",
         R"({"Bucket":"photos","Key":"cat.jpg","BypassGovernanceRetention":true})",
         {"s3:PutObjectRetention " + one, "s3:BypassGovernanceRetention " + one}},
        {"DeleteObject", R"({"Bucket":"photos","Key":"cat.jpg"})", {"s3:DeleteObject " + one}},
        {"DeleteObject",
         R"({"Bucket":"photos","Key":"cat.jpg","VersionId":"v1"})",
         {"s3:DeleteObjectVersion " + one}},
        {"CreateMultipartUpload",
         R"({"Bucket":"photos","Key":"cat.jpg","Tagging":"a=1"})",
         {"s3:PutObject " + one, "s3:PutObjectTagging " + one}},
        {"UploadPart",
         R"({"Bucket":"photos","Key":"cat.jpg","PartNumber":1,"UploadId":"u"})",
         {"s3:PutObject " + one}},
        {"CompleteMultipartUpload",
         R"({"Bucket":"photos","Key":"cat.jpg","UploadId":"u"})",
         {"s3:PutObject " + one}},
        {"AbortMultipartUpload",
         R"({"Bucket":"photos","Key":"cat.jpg","UploadId":"u"})",
         {"s3:AbortMultipartUpload " + one}},
        {"ListParts",
         R"({"Bucket":"photos","Key":"cat.jpg","UploadId":"u"})",
         {"s3:ListMultipartUploadParts " + one}},
        {"SelectObjectContent", R"({"Bucket":"photos","Key":"cat.jpg"})", {"s3:GetObject " + one}},
        {"RestoreObject", R"({"Bucket":"photos","Key":"cat.jpg"})", {"s3:RestoreObject " + one}},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(demands("s3", row.operation, row.parameters), row.expected)
            << row.operation << row.parameters;
    }
}

TEST(S3Mapping, OfOperationsOnBuckets) {
    const std::string bucket = "arn:aws:s3:::photos";
    const std::vector<Row> rows{
        {"ListObjects", R"({"Bucket":"photos"})", {"s3:ListBucket " + bucket}},
        {"ListObjectsV2", R"({"Bucket":"photos"})", {"s3:ListBucket " + bucket}},
        {"ListObjectVersions", R"({"Bucket":"photos"})", {"s3:ListBucketVersions " + bucket}},
        {"ListMultipartUploads", R"({"Bucket":"photos"})", {"s3:ListBucketMultipartUploads " + bucket}},
        {"HeadBucket", R"({"Bucket":"photos"})", {"s3:ListBucket " + bucket}},
        {"ListBuckets", R"({})", {"s3:ListAllMyBuckets *"}},
        {"GetBucketCors", R"({"Bucket":"photos"})", {"s3:GetBucketCORS " + bucket}},
        {"DeleteBucketCors", R"({"Bucket":"photos"})", {"s3:PutBucketCORS " + bucket}},
        {"DeleteBucketTagging", R"({"Bucket":"photos"})", {"s3:PutBucketTagging " + bucket}},
        {"GetBucketLifecycleConfiguration",
         R"({"Bucket":"photos"})",
         {"s3:GetLifecycleConfiguration " + bucket}},
        {"GetObjectLockConfiguration",
         R"({"Bucket":"photos"})",
         {"s3:GetBucketObjectLockConfiguration " + bucket}},
        {"PutPublicAccessBlock", R"({"Bucket":"photos"})", {"s3:PutBucketPublicAccessBlock " + bucket}},
        {"CreateBucket", R"({"Bucket":"photos"})", {"s3:CreateBucket " + bucket}},
        {"CreateBucket",
         R"({"Bucket":"photos","ACL":"private","ObjectLockEnabledForBucket":true,
             "ObjectOwnership":"BucketOwnerEnforced"})",
         {"s3:CreateBucket " + bucket, "s3:PutBucketAcl " + bucket,
          "s3:PutBucketObjectLockConfiguration " + bucket, "s3:PutBucketVersioning " + bucket,
          "s3:PutBucketOwnershipControls " + bucket}},
        {"PutBucketReplication",
         R"({"Bucket":"photos","ReplicationConfiguration":{"Role":"arn:aws:iam::111122223333:role/copier"}})",
         {"s3:PutReplicationConfiguration " + bucket, "iam:PassRole arn:aws:iam::111122223333:role/copier"}},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(demands("s3", row.operation, row.parameters), row.expected)
            << row.operation << row.parameters;
    }
}

TEST(S3Mapping, OfCopies) {
    const auto copy = [](const std::string& source, const std::string& more = "") {
        return demands("s3", "CopyObject",
                       R"({"Bucket":"photos","Key":"cat.jpg","CopySource":")" + source + "\"" + more + "}");
    };
    EXPECT_THAT(copy("archive/old.jpg"),
                ElementsAre("s3:PutObject " + one, "s3:GetObject arn:aws:s3:::archive/old.jpg"));
    EXPECT_THAT(copy("/archive/a%20b/c.jpg"),
                ElementsAre("s3:PutObject " + one, "s3:GetObject arn:aws:s3:::archive/a b/c.jpg"));
    EXPECT_THAT(copy("archive/old.jpg?versionId=v7"),
                ElementsAre("s3:PutObject " + one, "s3:GetObjectVersion arn:aws:s3:::archive/old.jpg"));
    EXPECT_THAT(copy("archive/old.jpg", R"(,"TaggingDirective":"REPLACE","Tagging":"a=1")"),
                ElementsAre("s3:PutObject " + one, "s3:PutObjectTagging " + one,
                            "s3:GetObject arn:aws:s3:::archive/old.jpg"));
    EXPECT_THAT(copy("arn:aws:s3:eu-west-1:111122223333:accesspoint/in/object/old.jpg"),
                ElementsAre("s3:PutObject " + one,
                            "s3:GetObject arn:aws:s3:eu-west-1:111122223333:accesspoint/in/object/old.jpg"));
    // A plus sign is a blank to some servers.
    EXPECT_THAT(copy("archive/a+b"), AllOf(Contains("s3:GetObject arn:aws:s3:::archive/a+b"),
                                           Contains("s3:GetObject arn:aws:s3:::archive/a b")));
}

TEST(S3Mapping, RefusesCopySourcesThatCanBeReadInTwoWays) {
    for (const char* source :
         {"archive", "/archive/", "", "archive/old.jpg?versionId=", "archive/old.jpg?other=1",
          "archive/old.jpg%3FversionId=v7", "archive/%zz", "archive/old?versionId=a%26b",
          "archive/../secret/old.jpg", "arn:aws:s3:us-east-1:111122223333:accesspoint/in/object/x",
          "arn:aws:s3:::archive/old.jpg"}) {
        EXPECT_TRUE(
            is_refused("s3", "CopyObject",
                       R"({"Bucket":"photos","Key":"cat.jpg","CopySource":")" + std::string(source) + "\"}"))
            << source;
    }
}

TEST(S3Mapping, OfManyDeletions) {
    EXPECT_THAT(demands("s3", "DeleteObjects",
                        R"({"Bucket":"photos","BypassGovernanceRetention":true,
                            "Delete":{"Objects":[{"Key":"a"},{"Key":"b","VersionId":"v1"}]}})"),
                ElementsAre("s3:DeleteObject arn:aws:s3:::photos/a",
                            "s3:BypassGovernanceRetention arn:aws:s3:::photos/a",
                            "s3:DeleteObjectVersion arn:aws:s3:::photos/b",
                            "s3:BypassGovernanceRetention arn:aws:s3:::photos/b"));
    EXPECT_TRUE(is_refused("s3", "DeleteObjects", R"({"Bucket":"photos","Delete":{"Objects":[]}})"));
    EXPECT_TRUE(
        is_refused("s3", "DeleteObjects", R"({"Bucket":"photos","Delete":{"Objects":[{"Key":""}]}})"));
}

TEST(S3Mapping, OfAccessPoints) {
    constexpr auto parameters =
        R"({"Bucket":"arn:aws:s3:eu-west-1:444455556666:accesspoint/in","Key":"a/b"})";
    EXPECT_THAT(demands("s3", "GetObject", parameters),
                ElementsAre("s3:GetObject arn:aws:s3:eu-west-1:444455556666:accesspoint/in/object/a/b"));
    EXPECT_EQ(map("s3", "GetObject", parameters)->front().resource_account, "444455556666");
    EXPECT_EQ(map("s3", "GetObject", R"({"Bucket":"photos","Key":"k"})")->front().resource_account,
              "111122223333");
}

/// An object's key that looks like an ARN is a key all the same.
TEST(S3Mapping, TakesKeysAtTheirWord) {
    EXPECT_THAT(demands("s3", "GetObject", R"({"Bucket":"photos","Key":"arn:aws:s3:::other/secret"})"),
                ElementsAre("s3:GetObject arn:aws:s3:::photos/arn:aws:s3:::other/secret"));
}

TEST(S3Mapping, KeysOfListings) {
    EXPECT_THAT(keys("s3", "ListObjectsV2",
                     R"({"Bucket":"photos","Prefix":"home/","Delimiter":"/","MaxKeys":10})", "s3:ListBucket"),
                UnorderedElementsAre(Pair("s3:prefix", "home/"), Pair("s3:delimiter", "/"),
                                     Pair("s3:max-keys", "10")));
}

TEST(S3Mapping, KeysOfUploads) {
    constexpr auto parameters =
        R"({"Bucket":"photos","Key":"cat.jpg","ACL":"public-read","StorageClass":"GLACIER",
        "ServerSideEncryption":"aws:kms","SSEKMSKeyId":"arn:aws:kms:eu-west-1:111122223333:key/k","IfNoneMatch":"*",
        "Tagging":"project=x%20y&team=","ObjectLockRetainUntilDate":"2030-01-01T00:00:00Z"})";
    EXPECT_THAT(keys("s3", "PutObject", parameters, "s3:PutObject"),
                UnorderedElementsAre(
                    Pair("s3:x-amz-acl", "public-read"), Pair("s3:x-amz-storage-class", "GLACIER"),
                    Pair("s3:x-amz-server-side-encryption", "aws:kms"),
                    Pair("s3:x-amz-server-side-encryption-aws-kms-key-id",
                         "arn:aws:kms:eu-west-1:111122223333:key/k"),
                    Pair("s3:if-none-match", "*"), Pair("s3:RequestObjectTag/project", "x y"),
                    Pair("s3:RequestObjectTag/team", ""), Pair("s3:RequestObjectTagKeys", "project,team"),
                    Pair("s3:ObjectCreationOperation", "true"),
                    Pair("s3:object-lock-retain-until-date", "2030-01-01T00:00:00Z"),
                    Pair("s3:object-lock-remaining-retention-days", "?")));
    EXPECT_THAT(
        keys("s3", "PutObject", parameters, "s3:PutObjectAcl"),
        UnorderedElementsAre(Pair("s3:x-amz-acl", "public-read"), Pair("s3:x-amz-storage-class", "GLACIER")));
}

TEST(S3Mapping, KeysOfOthers) {
    EXPECT_THAT(
        keys("s3", "PutObjectTagging",
             R"({"Bucket":"photos","Key":"k","Tagging":{"TagSet":[{"Key":"a","Value":"1"}]}})",
             "s3:PutObjectTagging"),
        UnorderedElementsAre(Pair("s3:RequestObjectTag/a", "1"), Pair("s3:RequestObjectTagKeys", "a")));
    EXPECT_THAT(
        keys("s3", "GetObject", R"({"Bucket":"photos","Key":"k","VersionId":"v1"})", "s3:GetObjectVersion"),
        UnorderedElementsAre(Pair("s3:versionid", "v1")));
    EXPECT_THAT(keys("s3", "UploadPart", R"({"Bucket":"photos","Key":"k","PartNumber":1,"UploadId":"u"})",
                     "s3:PutObject"),
                UnorderedElementsAre(Pair("s3:ObjectCreationOperation", "false")));
    const auto copied = keys(
        "s3", "CopyObject",
        R"({"Bucket":"b","Key":"k","CopySource":"/a/x%2By","MetadataDirective":"REPLACE"})", "s3:PutObject");
    EXPECT_THAT(copied, AllOf(Contains(Pair("s3:x-amz-copy-source", "a/x+y")),
                              Contains(Pair("s3:x-amz-metadata-directive", "REPLACE"))));
    EXPECT_THAT(keys("s3", "CreateBucket",
                     R"({"Bucket":"b","CreateBucketConfiguration":{"LocationConstraint":"eu-west-1",
                         "Tags":[{"Key":"team","Value":"x"}]}})",
                     "s3:CreateBucket"),
                UnorderedElementsAre(Pair("s3:locationconstraint", "eu-west-1"),
                                     Pair("aws:RequestTag/team", "x"), Pair("aws:TagKeys", "team")));
}

TEST(S3Mapping, OfTheAccount) {
    EXPECT_THAT(demands("s3control", "GetPublicAccessBlock", R"({"AccountId":"111122223333"})"),
                ElementsAre("s3:GetAccountPublicAccessBlock *"));
    EXPECT_THAT(demands("s3control", "GetAccessPointPolicy", R"({"AccountId":"111122223333","Name":"in"})"),
                ElementsAre("s3:GetAccessPointPolicy arn:aws:s3:eu-west-1:111122223333:accesspoint/in"));
}

}  // namespace
}  // namespace writ::gateway::testing
