#include <gtest/gtest.h>

#include "gateway/observed/observed_for_tests.h"

// Shapes: Amazon SQS API Reference, Amazon SNS API Reference.
namespace writ::gateway::testing {
namespace {

constexpr auto policy =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}]})";
constexpr auto quoted =
    R"({\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}]})";
const std::string queue = "arn:aws:sqs:eu-west-1:111122223333:orders";
const std::string topic = "arn:aws:sns:eu-west-1:111122223333:news";
constexpr auto url = R"("QueueUrl":"https://sqs.eu-west-1.amazonaws.com/111122223333/orders")";

std::string json(const std::string& members) {
    return "{" + members + "}";
}
const std::string at_queue = url;

TEST(ObservedQueues, PoliciesComeWithAttributes) {
    const std::string attributes = std::string(R"("Attributes":{"Policy":")") + quoted + R"("})";
    EXPECT_EQ(changes("sqs", "CreateQueue", json(R"("QueueName":"orders",)" + attributes)),
              Lines{"put " + queue + " " + policy});
    EXPECT_EQ(changes("sqs", "SetQueueAttributes", json(at_queue + "," + attributes)),
              Lines{"put " + queue + " " + policy});
    EXPECT_EQ(changes("sqs", "SetQueueAttributes", json(at_queue + R"(,"Attributes":{"Policy":""})")),
              Lines{"delete " + queue});
    EXPECT_EQ(changes("sqs", "SetQueueAttributes", json(at_queue + R"(,"Attributes":{"DelaySeconds":"5"})")),
              Lines{});
    // A queue that is there already keeps its policy.
    EXPECT_EQ(changes("sqs", "CreateQueue", R"({"QueueName":"orders","Attributes":{"Policy":""}})"), Lines{});
}

TEST(ObservedQueues, PermissionsBecomeStatements) {
    EXPECT_EQ(
        changes(
            "sqs", "AddPermission",
            json(
                at_queue +
                R"(,"Label":"send","AWSAccountIds":["444455556666"],"Actions":["SendMessage","ReceiveMessage"])")),
        Lines{"add send to " + queue +
              R"( {"Sid":"send","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},)"
              R"("Action":["SQS:SendMessage","SQS:ReceiveMessage"],)"
              R"("Resource":"arn:aws:sqs:eu-west-1:111122223333:orders"})"});
    EXPECT_EQ(changes("sqs", "RemovePermission", json(at_queue + R"(,"Label":"send")")),
              Lines{"remove send from " + queue});
}

TEST(ObservedQueues, TagsAndTheEnd) {
    EXPECT_EQ(changes("sqs", "CreateQueue", R"({"QueueName":"orders","tags":{"team":"a"}})"),
              Lines{"tag " + queue + " team=a"});
    EXPECT_EQ(changes("sqs", "TagQueue", json(at_queue + R"(,"Tags":{"team":"b"})")),
              Lines{"tag " + queue + " team=b"});
    EXPECT_EQ(changes("sqs", "UntagQueue", json(at_queue + R"(,"TagKeys":["team","x"])")),
              Lines{"untag " + queue + " team x"});
    EXPECT_EQ(changes("sqs", "DeleteQueue", json(at_queue)), Lines{"forget " + queue});
    EXPECT_EQ(changes("sqs", "SendMessage", json(at_queue + R"(,"MessageBody":"a")")), Lines{});
}

TEST(ObservedQueues, WhatCannotBeReadNeverArrives) {
    const auto refused = observation(
        "sqs", "SetQueueAttributes",
        json(at_queue + R"(,"Attributes":{"Policy":"{\"Statement\":[{\"Effect\":\"Perhaps\"}]}"})"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "InvalidAttributeValue");
    EXPECT_EQ(refused.error().http_status, 400);
    EXPECT_FALSE(
        observation("sqs", "SetQueueAttributes", json(at_queue + R"(,"Attributes":{"Policy":"no"})")));
    // Nobody would know whom the statement allows.
    EXPECT_FALSE(
        observation("sqs", "AddPermission",
                    json(at_queue + R"(,"Label":"l","AWSAccountIds":["ada"],"Actions":["SendMessage"])")));
}

TEST(ObservedTopics, PoliciesComeWithAttributes) {
    EXPECT_EQ(changes("sns", "CreateTopic",
                      std::string(R"({"Name":"news","Attributes":{"Policy":")") + quoted + R"("}})"),
              Lines{"put " + topic + " " + policy});
    const std::string at_topic = R"({"TopicArn":")" + topic + R"(","AttributeName":)";
    EXPECT_EQ(
        changes("sns", "SetTopicAttributes", at_topic + R"("Policy","AttributeValue":")" + quoted + R"("})"),
        Lines{"put " + topic + " " + policy});
    EXPECT_EQ(changes("sns", "SetTopicAttributes", at_topic + R"("DisplayName","AttributeValue":"News"})"),
              Lines{});
    const auto refused =
        observation("sns", "SetTopicAttributes", at_topic + R"("Policy","AttributeValue":"x"})");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "InvalidParameter");
}

TEST(ObservedTopics, PermissionsTagsAndTheEnd) {
    const std::string at_topic = R"({"TopicArn":")" + topic + R"(")";
    EXPECT_EQ(
        changes(
            "sns", "AddPermission",
            at_topic +
                R"(,"Label":"pub","AWSAccountId":["444455556666","777788889999"],"ActionName":["Publish"]})"),
        Lines{"add pub to " + topic +
              R"( {"Sid":"pub","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::444455556666:root",)"
              R"("arn:aws:iam::777788889999:root"]},"Action":"SNS:Publish",)"
              R"("Resource":"arn:aws:sns:eu-west-1:111122223333:news"})"});
    EXPECT_EQ(changes("sns", "RemovePermission", at_topic + R"(,"Label":"pub"})"),
              Lines{"remove pub from " + topic});
    EXPECT_EQ(changes("sns", "TagResource",
                      R"({"ResourceArn":")" + topic + R"(","Tags":[{"Key":"a","Value":"1"}]})"),
              Lines{"tag " + topic + " a=1"});
    EXPECT_EQ(changes("sns", "UntagResource", R"({"ResourceArn":")" + topic + R"(","TagKeys":["a"]})"),
              Lines{"untag " + topic + " a"});
    EXPECT_EQ(changes("sns", "CreateTopic", R"({"Name":"news","Tags":[{"Key":"a","Value":"1"}]})"),
              Lines{"tag " + topic + " a=1"});
    EXPECT_EQ(changes("sns", "DeleteTopic", at_topic + "}"), Lines{"forget " + topic});
}

}  // namespace
}  // namespace writ::gateway::testing
