#include <gtest/gtest.h>

#include "gateway/observed/observed_for_tests.h"
#include "gateway/observed/stored_facts.h"

// Shapes: Amazon DynamoDB API Reference, Amazon Kinesis Data Streams API Reference.
namespace writ::gateway::testing {
namespace {

const std::string table = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";
constexpr auto policy =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"dynamodb:GetItem","Resource":"*"}]})";
constexpr auto quoted =
    R"({\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"444455556666\"},\"Action\":\"dynamodb:GetItem\",\"Resource\":\"*\"}]})";

TEST(ObservedTables, KeySchemas) {
    constexpr auto made = R"({"TableName":"orders","KeySchema":[{"AttributeName":"at","KeyType":"RANGE"},
      {"AttributeName":"customer","KeyType":"HASH"}],
      "GlobalSecondaryIndexes":[{"IndexName":"by-day","KeySchema":[{"AttributeName":"day","KeyType":"HASH"}]}],
      "LocalSecondaryIndexes":[{"IndexName":"l","KeySchema":[{"AttributeName":"customer","KeyType":"HASH"}]}],
      "Tags":[{"Key":"a","Value":"1"}]})";
    EXPECT_EQ(changes("dynamodb", "CreateTable", made),
              (Lines{"learn 0 " + table + " is customer", "learn 0 " + table + "/index/by-day is day",
                     "learn 0 " + table + "/index/l is customer", "tag " + table + " a=1"}));
    EXPECT_EQ(
        changes("dynamodb", "DescribeTable", R"({"TableName":"orders"})",
                R"({"Table":{"TableName":"orders","KeySchema":[{"AttributeName":"customer","KeyType":"HASH"}],
                          "GlobalSecondaryIndexes":[{"IndexName":"by-day","KeySchema":[
                          {"AttributeName":"day","KeyType":"HASH"}]}]}})"),
        (Lines{"learn 0 " + table + " is customer", "learn 0 " + table + "/index/by-day is day"}));
    EXPECT_EQ(changes("dynamodb", "UpdateTable", R"({"TableName":"orders","GlobalSecondaryIndexUpdates":[
                {"Create":{"IndexName":"n","KeySchema":[{"AttributeName":"x","KeyType":"HASH"}]}},
                {"Delete":{"IndexName":"by-day"}}]})"),
              (Lines{"learn 0 " + table + "/index/n is x", "unlearn 0 " + table + "/index/by-day"}));
    EXPECT_EQ(changes("dynamodb", "DeleteTable", R"({"TableName":"orders"})"),
              (Lines{"unlearn 0 " + table, "forget " + table}));
}

TEST(ObservedTables, PoliciesAndTags) {
    const std::string at_table = R"({"ResourceArn":")" + table + R"(")";
    EXPECT_EQ(changes("dynamodb", "PutResourcePolicy", at_table + R"(,"Policy":")" + quoted + R"("})"),
              Lines{"put " + table + " " + policy});
    EXPECT_EQ(changes("dynamodb", "DeleteResourcePolicy", at_table + "}"), Lines{"delete " + table});
    EXPECT_EQ(changes("dynamodb", "CreateTable",
                      std::string(R"({"TableName":"orders","ResourcePolicy":")") + quoted + R"("})"),
              Lines{"put " + table + " " + policy});
    EXPECT_EQ(changes("dynamodb", "TagResource", at_table + R"(,"Tags":[{"Key":"a","Value":"1"}]})"),
              Lines{"tag " + table + " a=1"});
    EXPECT_EQ(changes("dynamodb", "UntagResource", at_table + R"(,"TagKeys":["a"]})"),
              Lines{"untag " + table + " a"});
    EXPECT_EQ(changes("dynamodb", "GetItem", R"({"TableName":"orders","Key":{"customer":{"S":"a"}}})"),
              Lines{});
    const auto refused = observation("dynamodb", "PutResourcePolicy", at_table + R"(,"Policy":"[]"})");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "ValidationException");
}

const std::string stream = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks";

TEST(ObservedStreams, IteratorsBelongToAStreamForFiveMinutes) {
    EXPECT_EQ(changes("kinesis", "GetShardIterator",
                      R"({"StreamName":"clicks","ShardId":"shardId-0","ShardIteratorType":"LATEST"})",
                      R"({"ShardIterator":"AAAA"})"),
              Lines{"learn 3 " + iterator_fact_name("AAAA") + " is " + stream + " for 300 s"});
    KnownFacts facts;
    facts.iterators["AAAA"] = stream;
    constexpr auto records = R"({"Records":[],"NextShardIterator":"BBBB","MillisBehindLatest":0})";
    EXPECT_EQ(changes("kinesis", "GetRecords", R"({"ShardIterator":"AAAA"})", records, &facts),
              Lines{"learn 3 " + iterator_fact_name("BBBB") + " is " + stream + " for 300 s"});
    // Who names the stream names it again.
    EXPECT_EQ(changes("kinesis", "GetRecords", R"({"ShardIterator":"AAAA","StreamARN":")" + stream + R"("})",
                      records, &facts),
              Lines{});
}

TEST(ObservedStreams, PoliciesTagsAndTheEnd) {
    const std::string at_stream = R"({"ResourceARN":")" + stream + R"(")";
    EXPECT_EQ(changes("kinesis", "PutResourcePolicy", at_stream + R"(,"Policy":")" + quoted + R"("})"),
              Lines{"put " + stream + " " + policy});
    EXPECT_EQ(changes("kinesis", "DeleteResourcePolicy", at_stream + "}"), Lines{"delete " + stream});
    EXPECT_EQ(changes("kinesis", "CreateStream", R"({"StreamName":"clicks","Tags":{"a":"1"}})"),
              Lines{"tag " + stream + " a=1"});
    EXPECT_EQ(changes("kinesis", "AddTagsToStream", R"({"StreamName":"clicks","Tags":{"a":"1"}})"),
              Lines{"tag " + stream + " a=1"});
    EXPECT_EQ(changes("kinesis", "RemoveTagsFromStream", R"({"StreamName":"clicks","TagKeys":["a"]})"),
              Lines{"untag " + stream + " a"});
    EXPECT_EQ(changes("kinesis", "DeleteStream", R"({"StreamName":"clicks"})"), Lines{"forget " + stream});
}

}  // namespace
}  // namespace writ::gateway::testing
