#include <gmock/gmock.h>

#include "gateway/internal/mapping/mapping_test_support.h"

namespace writ::gateway::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

const std::string resize = "arn:aws:lambda:eu-west-1:111122223333:function:resize";
const std::string role = "arn:aws:iam::111122223333:role/worker";

TEST(LambdaMapping, NamesFunctions) {
    const auto invoke = [](const std::string& name, const std::string& more = "") {
        return demands("lambda", "Invoke", R"({"FunctionName":")" + name + "\"" + more + "}");
    };
    EXPECT_THAT(invoke("resize"), ElementsAre("lambda:InvokeFunction " + resize));
    EXPECT_THAT(invoke("111122223333:function:resize"), ElementsAre("lambda:InvokeFunction " + resize));
    EXPECT_THAT(invoke("function:resize"), ElementsAre("lambda:InvokeFunction " + resize));
    EXPECT_THAT(invoke(resize), ElementsAre("lambda:InvokeFunction " + resize));
    EXPECT_THAT(invoke("resize:live"), ElementsAre("lambda:InvokeFunction " + resize + ":live"));
    EXPECT_THAT(invoke("resize", R"(,"Qualifier":"7")"),
                ElementsAre("lambda:InvokeFunction " + resize + ":7"));
    EXPECT_THAT(
        invoke("444455556666:function:resize:live"),
        ElementsAre("lambda:InvokeFunction arn:aws:lambda:eu-west-1:444455556666:function:resize:live"));
    for (const char* wrong : {"a/b", "", "resize:", "arn:aws:lambda:us-east-1:111122223333:function:resize",
                              "arn:aws:lambda:eu-west-1:111122223333:layer:resize", "a:b:c"}) {
        EXPECT_TRUE(is_refused("lambda", "Invoke", R"({"FunctionName":")" + std::string(wrong) + "\"}"))
            << wrong;
    }
    EXPECT_TRUE(is_refused("lambda", "Invoke", R"({"FunctionName":"resize:live","Qualifier":"7"})"));
    // An operation without a qualifier is about the function itself.
    EXPECT_THAT(demands("lambda", "UpdateFunctionCode", R"({"FunctionName":"resize:live"})"),
                ElementsAre("lambda:UpdateFunctionCode " + resize));
}

TEST(LambdaMapping, OfOperations) {
    const std::string layer = "arn:aws:lambda:eu-west-1:444455556666:layer:fonts:3";
    EXPECT_THAT(demands("lambda", "CreateFunction",
                        R"({"FunctionName":"resize","Role":")" + role + R"(","Layers":[")" + layer +
                            R"("],"Tags":{"a":"b"}})"),
                ElementsAre("lambda:CreateFunction " + resize, "lambda:TagResource " + resize,
                            "lambda:GetLayerVersion " + layer, "iam:PassRole " + role));
    EXPECT_TRUE(is_refused("lambda", "CreateFunction", R"({"FunctionName":"resize"})"));
    EXPECT_THAT(demands("lambda", "UpdateFunctionConfiguration", R"({"FunctionName":"resize","Timeout":3})"),
                ElementsAre("lambda:UpdateFunctionConfiguration " + resize));
    EXPECT_THAT(demands("lambda", "UpdateFunctionConfiguration",
                        R"({"FunctionName":"resize","Role":")" + role + "\"}"),
                ElementsAre("lambda:UpdateFunctionConfiguration " + resize, "iam:PassRole " + role));
    EXPECT_THAT(demands("lambda", "CreateEventSourceMapping", R"({"FunctionName":"resize"})"),
                ElementsAre("lambda:CreateEventSourceMapping *"));
    EXPECT_THAT(demands("lambda", "GetLayerVersion", R"({"LayerName":"fonts","VersionNumber":3})"),
                ElementsAre("lambda:GetLayerVersion arn:aws:lambda:eu-west-1:111122223333:layer:fonts:3"));
    EXPECT_THAT(demands("lambda", "TagResource", R"({"Resource":")" + resize + R"(","Tags":{"a":"b"}})"),
                ElementsAre("lambda:TagResource " + resize));
    EXPECT_TRUE(is_refused("lambda", "TagResource",
                           R"({"Resource":"arn:aws:sqs:eu-west-1:111122223333:q","Tags":{}})"));
    EXPECT_THAT(demands("lambda", "ListFunctions", "{}"), ElementsAre("lambda:ListFunctions *"));
    EXPECT_THAT(demands("lambda", "GetAlias", R"({"FunctionName":"resize","Name":"live"})"),
                ElementsAre("lambda:GetAlias " + resize));
}

TEST(LambdaMapping, Keys) {
    EXPECT_THAT(keys("lambda", "CreateEventSourceMapping", R"({"FunctionName":"resize"})",
                     "lambda:CreateEventSourceMapping"),
                UnorderedElementsAre(Pair("lambda:FunctionArn", resize)));
    EXPECT_THAT(
        keys("lambda", "DeleteEventSourceMapping", R"({"UUID":"u"})", "lambda:DeleteEventSourceMapping"),
        UnorderedElementsAre(Pair("lambda:FunctionArn", "?")));
    EXPECT_THAT(keys("lambda", "AddPermission", R"({"FunctionName":"resize","Principal":"s3.amazonaws.com"})",
                     "lambda:AddPermission"),
                UnorderedElementsAre(Pair("lambda:Principal", "s3.amazonaws.com")));
    EXPECT_THAT(keys("lambda", "CreateFunction",
                     R"({"FunctionName":"resize","Role":")" + role +
                         R"(","VpcConfig":{"SubnetIds":["s1","s2"],"SecurityGroupIds":["g"]}})",
                     "lambda:CreateFunction"),
                UnorderedElementsAre(Pair("lambda:SubnetIds", "s1,s2"), Pair("lambda:SecurityGroupIds", "g"),
                                     Pair("lambda:VpcIds", "?")));
    EXPECT_THAT(keys("lambda", "CreateFunction", R"({"FunctionName":"resize","Role":")" + role + "\"}",
                     "iam:PassRole"),
                UnorderedElementsAre(Pair("iam:PassedToService", "lambda.amazonaws.com")));
}

const std::string clicks = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks";

TEST(KinesisMapping, OfOperations) {
    EXPECT_THAT(demands("kinesis", "PutRecord", R"({"StreamName":"clicks"})"),
                ElementsAre("kinesis:PutRecord " + clicks));
    EXPECT_THAT(demands("kinesis", "PutRecords", R"({"StreamARN":")" + clicks + "\"}"),
                ElementsAre("kinesis:PutRecords " + clicks));
    // Whichever of the two the upstream takes is allowed.
    EXPECT_THAT(
        demands("kinesis", "PutRecord", R"({"StreamName":"other","StreamARN":")" + clicks + "\"}"),
        UnorderedElementsAre("kinesis:PutRecord " + clicks,
                             "kinesis:PutRecord arn:aws:kinesis:eu-west-1:111122223333:stream/other"));
    EXPECT_TRUE(is_refused("kinesis", "PutRecord", R"({"Data":"x"})"));
    EXPECT_TRUE(is_refused("kinesis", "PutRecord", R"({"StreamName":"clicks","StreamId":"i"})"));
    EXPECT_THAT(demands("kinesis", "SubscribeToShard",
                        R"({"ConsumerARN":")" + clicks + R"(/consumer/c:1","ShardId":"s"})"),
                ElementsAre("kinesis:SubscribeToShard " + clicks + "/consumer/c:1"));
    EXPECT_THAT(demands("kinesis", "ListStreams", "{}"), ElementsAre("kinesis:ListStreams *"));
    EXPECT_THAT(demands("kinesis", "CreateStream", R"({"StreamName":"clicks","Tags":{"a":"b"}})"),
                ElementsAre("kinesis:CreateStream " + clicks, "kinesis:AddTagsToStream " + clicks));
}

TEST(KinesisMapping, FindsTheStreamOfAnIterator) {
    KnownFacts known;
    known.iterators["AAAA"] = clicks;
    const MappingPlace informed{"aws", "eu-west-1", "111122223333", &known};
    EXPECT_THAT(demands("kinesis", "GetRecords", R"({"ShardIterator":"AAAA"})", informed),
                ElementsAre("kinesis:GetRecords " + clicks));
    EXPECT_THAT(demands("kinesis", "GetRecords", R"({"ShardIterator":"BBBB","StreamARN":")" + clicks + "\"}"),
                ElementsAre("kinesis:GetRecords " + clicks));
    EXPECT_TRUE(is_refused("kinesis", "GetRecords", R"({"ShardIterator":"BBBB"})"));
}

const std::string app = "arn:aws:logs:eu-west-1:111122223333:log-group:/app";

TEST(LogsMapping, OfOperations) {
    EXPECT_THAT(demands("logs", "CreateLogStream", R"({"logGroupName":"/app","logStreamName":"s"})"),
                ElementsAre("logs:CreateLogStream " + app + ":log-stream:s"));
    EXPECT_THAT(demands("logs", "PutLogEvents", R"({"logGroupName":"/app","logStreamName":"s"})"),
                ElementsAre("logs:PutLogEvents " + app + ":log-stream:s"));
    EXPECT_THAT(demands("logs", "DescribeLogStreams", R"({"logGroupIdentifier":")" + app + R"(:*"})"),
                ElementsAre("logs:DescribeLogStreams " + app + ":log-stream:"));
    EXPECT_THAT(demands("logs", "CreateLogGroup", R"({"logGroupName":"/app","tags":{"a":"b"}})"),
                ElementsAre("logs:CreateLogGroup " + app + ":log-stream:", "logs:TagResource " + app));
    EXPECT_THAT(
        demands("logs", "FilterLogEvents", R"({"logGroupName":"/app","unmask":true})"),
        ElementsAre("logs:FilterLogEvents " + app + ":log-stream:", "logs:Unmask " + app + ":log-stream:"));
    EXPECT_THAT(
        demands("logs", "StartQuery", R"({"logGroupNames":["/app","/b"],"queryString":"fields @message"})"),
        ElementsAre("logs:StartQuery " + app + ":log-stream:",
                    "logs:StartQuery arn:aws:logs:eu-west-1:111122223333:log-group:/b:log-stream:"));
    EXPECT_TRUE(
        is_refused("logs", "StartQuery", R"j({"logGroupName":"/app","queryString":" SOURCE logGroups()"})j"));
    EXPECT_TRUE(is_refused("logs", "StartQuery",
                           R"({"logGroupName":"/app","queryLanguage":"SQL","queryString":"SELECT"})"));
    EXPECT_THAT(demands("logs", "TagResource", R"({"resourceArn":")" + app + R"(","tags":{"a":"b"}})"),
                ElementsAre("logs:TagResource " + app));
    EXPECT_THAT(demands("logs", "DescribeLogGroups", "{}"), ElementsAre("logs:DescribeLogGroups *"));
    EXPECT_THAT(
        demands(
            "logs", "PutSubscriptionFilter",
            R"({"logGroupName":"/app","destinationArn":"arn:aws:logs:eu-west-1:444455556666:destination:d",
                            "roleArn":")" +
                role + "\"}"),
        ElementsAre("logs:PutSubscriptionFilter " + app + ":log-stream:", "iam:PassRole " + role,
                    "logs:PutSubscriptionFilter arn:aws:logs:eu-west-1:444455556666:destination:d"));
}

/// What AWS's page on ARNs says of policies: ":*" behind the group for all actions but those on tags.
TEST(LogsMapping, FitsPoliciesAsAwsWritesThem) {
    for (const auto& line :
         demands("logs", "PutRetentionPolicy", R"({"logGroupName":"/app","retentionInDays":7})")) {
        EXPECT_TRUE(line.starts_with("logs:PutRetentionPolicy " + app + ":"));
    }
}

}  // namespace
}  // namespace writ::gateway::testing
