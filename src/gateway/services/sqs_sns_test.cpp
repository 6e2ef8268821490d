#include <gmock/gmock.h>

#include "gateway/internal/mapping/mapping_test_support.h"

namespace writ::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

const std::string orders = "arn:aws:sqs:eu-west-1:111122223333:orders";
constexpr auto by_url = R"({"QueueUrl":"https://sqs.eu-west-1.amazonaws.com/111122223333/orders"})";

TEST(SqsMapping, FindsTheQueueOfAUrl) {
    for (const char* url :
         {"https://sqs.eu-west-1.amazonaws.com/111122223333/orders",
          "http://localhost:9324/000000000000/orders", "http://localhost:9324/queue/orders", "orders"}) {
        EXPECT_THAT(demands("sqs", "SendMessage", R"({"QueueUrl":")" + std::string(url) + "\"}"),
                    ElementsAre("sqs:SendMessage " + orders))
            << url;
    }
    EXPECT_THAT(demands("sqs", "ReceiveMessage", R"({"QueueUrl":"https://sqs.x/444455556666/other.fifo"})"),
                ElementsAre("sqs:ReceiveMessage arn:aws:sqs:eu-west-1:444455556666:other.fifo"));
    for (const char* wrong : {"", "https://sqs.x/111122223333/", "https://sqs.x/111122223333/a?b",
                              "https://sqs.x/111122223333/a%2Fb", "https://sqs.x/111122223333/.."}) {
        EXPECT_TRUE(is_refused("sqs", "SendMessage", R"({"QueueUrl":")" + std::string(wrong) + "\"}"))
            << wrong;
    }
}

TEST(SqsMapping, OfOperations) {
    EXPECT_THAT(demands("sqs", "SendMessageBatch", by_url), ElementsAre("sqs:SendMessage " + orders));
    EXPECT_THAT(demands("sqs", "DeleteMessageBatch", by_url), ElementsAre("sqs:DeleteMessage " + orders));
    EXPECT_THAT(demands("sqs", "ChangeMessageVisibilityBatch", by_url),
                ElementsAre("sqs:ChangeMessageVisibility " + orders));
    EXPECT_THAT(demands("sqs", "ListQueues", "{}"), ElementsAre("sqs:ListQueues *"));
    EXPECT_THAT(demands("sqs", "CreateQueue", R"({"QueueName":"orders"})"),
                ElementsAre("sqs:CreateQueue " + orders));
    EXPECT_THAT(demands("sqs", "CreateQueue", R"({"QueueName":"orders","tags":{"team":"x"}})"),
                ElementsAre("sqs:CreateQueue " + orders, "sqs:TagQueue " + orders));
    EXPECT_THAT(
        demands("sqs", "GetQueueUrl", R"({"QueueName":"orders","QueueOwnerAWSAccountId":"444455556666"})"),
        ElementsAre("sqs:GetQueueUrl arn:aws:sqs:eu-west-1:444455556666:orders"));
    EXPECT_THAT(demands("sqs", "StartMessageMoveTask",
                        R"({"SourceArn":"arn:aws:sqs:eu-west-1:111122223333:dead",
                            "DestinationArn":"arn:aws:sqs:eu-west-1:111122223333:orders"})"),
                ElementsAre("sqs:StartMessageMoveTask arn:aws:sqs:eu-west-1:111122223333:dead",
                            "sqs:ReceiveMessage arn:aws:sqs:eu-west-1:111122223333:dead",
                            "sqs:DeleteMessage arn:aws:sqs:eu-west-1:111122223333:dead",
                            "sqs:GetQueueAttributes arn:aws:sqs:eu-west-1:111122223333:dead",
                            "sqs:SendMessage " + orders));
    EXPECT_TRUE(is_refused("sqs", "StartMessageMoveTask",
                           R"({"SourceArn":"arn:aws:sqs:eu-west-1:111122223333:dead"})"));
}

TEST(SqsMapping, TagsOfRequests) {
    EXPECT_THAT(
        keys("sqs", "CreateQueue", R"({"QueueName":"orders","tags":{"team":"x"}})", "sqs:CreateQueue"),
        UnorderedElementsAre(Pair("aws:RequestTag/team", "x"), Pair("aws:TagKeys", "team")));
    EXPECT_THAT(keys("sqs", "UntagQueue",
                     R"({"QueueUrl":"http://h/111122223333/orders","TagKeys":["a","b"]})", "sqs:UntagQueue"),
                UnorderedElementsAre(Pair("aws:TagKeys", "a,b")));
}

const std::string news = "arn:aws:sns:eu-west-1:111122223333:news";

TEST(SnsMapping, OfOperations) {
    const std::string by_arn = R"({"TopicArn":")" + news + "\"}";
    EXPECT_THAT(demands("sns", "Publish", by_arn), ElementsAre("sns:Publish " + news));
    EXPECT_THAT(demands("sns", "PublishBatch", by_arn), ElementsAre("sns:Publish " + news));
    EXPECT_THAT(demands("sns", "Publish", R"({"PhoneNumber":"+49"})"), ElementsAre("sns:Publish *"));
    EXPECT_THAT(demands("sns", "Publish",
                        R"({"TopicArn":")" + news +
                            R"(","TargetArn":"arn:aws:sns:eu-west-1:111122223333:endpoint/GCM/a/b"})"),
                ElementsAre("sns:Publish " + news,
                            "sns:Publish arn:aws:sns:eu-west-1:111122223333:endpoint/GCM/a/b"));
    EXPECT_TRUE(is_refused("sns", "Publish", R"({"Message":"x"})"));
    EXPECT_THAT(demands("sns", "CreateTopic", R"({"Name":"news","Tags":[{"Key":"a","Value":"b"}]})"),
                ElementsAre("sns:CreateTopic " + news, "sns:TagResource " + news));
    EXPECT_THAT(demands("sns", "Unsubscribe", R"({"SubscriptionArn":")" + news + R"(:2bcf-99"})"),
                ElementsAre("sns:Unsubscribe " + news));
    EXPECT_TRUE(is_refused("sns", "Unsubscribe", R"({"SubscriptionArn":"PendingConfirmation"})"));
    EXPECT_THAT(demands("sns", "ListTopics", "{}"), ElementsAre("sns:ListTopics *"));
    EXPECT_THAT(demands("sns", "TagResource", R"({"ResourceArn":")" + news + R"(","Tags":[]})"),
                ElementsAre("sns:TagResource " + news));
}

TEST(SnsMapping, PassesRolesInAttributes) {
    EXPECT_THAT(demands("sns", "SetTopicAttributes",
                        R"({"TopicArn":")" + news + R"(","AttributeName":"LambdaFailureFeedbackRoleArn",
                            "AttributeValue":"arn:aws:iam::111122223333:role/feedback"})"),
                ElementsAre("sns:SetTopicAttributes " + news,
                            "iam:PassRole arn:aws:iam::111122223333:role/feedback"));
}

TEST(SnsMapping, KeysOfSubscriptions) {
    EXPECT_THAT(keys("sns", "Subscribe",
                     R"({"TopicArn":")" + news + R"(","Protocol":"email","Endpoint":"a@example.com"})",
                     "sns:Subscribe"),
                UnorderedElementsAre(Pair("sns:Protocol", "email"), Pair("sns:Endpoint", "a@example.com")));
}

}  // namespace
}  // namespace writ::gateway::testing
