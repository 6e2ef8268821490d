#include <gtest/gtest.h>

#include "gateway/observed/observed_for_tests.h"

// Shapes: the API references of AWS Lambda, Amazon EventBridge, Amazon ECR, CloudWatch Logs, Systems Manager
// and Amazon EC2.
namespace writ::gateway::testing {
namespace {

const std::string function = "arn:aws:lambda:eu-west-1:111122223333:function:pay";
constexpr auto policy =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"a:B"}]})";
constexpr auto quoted =
    R"({\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"444455556666\"},\"Action\":\"a:B\"}]})";

// The statements are those that the page of AddPermission and "Viewing resource-based IAM policies in Lambda"
// show.
TEST(ObservedFunctions, PermissionsBecomeStatements) {
    EXPECT_EQ(
        changes("lambda", "AddPermission",
                R"({"FunctionName":"pay","StatementId":"s3","Action":"lambda:InvokeFunction",
                          "Principal":"s3.amazonaws.com","SourceArn":"arn:aws:s3:::docs","SourceAccount":"111122223333"})"),
        Lines{
            "add s3 to " + function +
            R"( {"Sid":"s3","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},)"
            R"("Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:eu-west-1:111122223333:function:pay",)"
            R"("Condition":{"StringEquals":{"AWS:SourceAccount":"111122223333"},)"
            R"("ArnLike":{"AWS:SourceArn":"arn:aws:s3:::docs"}}})"});
    EXPECT_EQ(changes("lambda", "AddPermission",
                      R"({"FunctionName":"pay","StatementId":"x","Action":"lambda:InvokeFunction",
                          "Principal":"444455556666","Qualifier":"live"})"),
              Lines{"add x to " + function + ":live" +
                    R"( {"Sid":"x","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},)"
                    R"("Action":"lambda:InvokeFunction",)"
                    R"("Resource":"arn:aws:lambda:eu-west-1:111122223333:function:pay:live"})"});
    EXPECT_EQ(
        changes("lambda", "AddPermission",
                R"({"FunctionName":"pay","StatementId":"url","Action":"lambda:InvokeFunctionUrl",
                          "Principal":"*","FunctionUrlAuthType":"NONE","PrincipalOrgID":"o-abcdefghij"})"),
        Lines{
            "add url to " + function +
            R"( {"Sid":"url","Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl",)"
            R"("Resource":"arn:aws:lambda:eu-west-1:111122223333:function:pay","Condition":{"StringEquals":)"
            R"({"aws:PrincipalOrgID":"o-abcdefghij","lambda:FunctionUrlAuthType":"NONE"}}})"});
    EXPECT_EQ(changes("lambda", "RemovePermission", R"({"FunctionName":"pay","StatementId":"s3"})"),
              Lines{"remove s3 from " + function});
    const auto refused =
        observation("lambda", "AddPermission",
                    R"({"FunctionName":"pay","StatementId":"x","Action":"lambda:InvokeFunction",
                                         "Principal":"ada"})");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "InvalidParameterValueException");
}

TEST(ObservedFunctions, TagsAndTheEnd) {
    EXPECT_EQ(changes("lambda", "TagResource", R"({"Resource":")" + function + R"(","Tags":{"a":"1"}})"),
              Lines{"tag " + function + " a=1"});
    EXPECT_EQ(changes("lambda", "UntagResource", R"({"Resource":")" + function + R"(","TagKeys":["a"]})"),
              Lines{"untag " + function + " a"});
    EXPECT_EQ(changes("lambda", "DeleteFunction", R"({"FunctionName":"pay"})"), Lines{"forget " + function});
    EXPECT_EQ(changes("lambda", "DeleteFunction", R"({"FunctionName":"pay","Qualifier":"7"})"),
              Lines{"forget " + function + ":7"});
    EXPECT_EQ(changes("lambda", "DeleteAlias", R"({"FunctionName":"pay","Name":"live"})"),
              Lines{"forget " + function + ":live"});
}

const std::string bus = "arn:aws:events:eu-west-1:111122223333:event-bus/";

TEST(ObservedBuses, Permissions) {
    EXPECT_EQ(changes("events", "PutPermission",
                      std::string(R"({"EventBusName":"b","Policy":")") + quoted + R"("})"),
              Lines{"put " + bus + "b " + policy});
    EXPECT_EQ(changes("events", "PutPermission",
                      R"({"Action":"events:PutEvents","Principal":"*","StatementId":"org",
                          "Condition":{"Type":"StringEquals","Key":"aws:PrincipalOrgID","Value":"o-abcdefghij"}})"),
              Lines{"add org to " + bus + "default" +
                    R"( {"Sid":"org","Effect":"Allow","Principal":"*","Action":"events:PutEvents",)"
                    R"("Resource":"arn:aws:events:eu-west-1:111122223333:event-bus/default",)"
                    R"("Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}})"});
    EXPECT_EQ(changes("events", "RemovePermission", R"({"StatementId":"org"})"),
              Lines{"remove org from " + bus + "default"});
    EXPECT_EQ(changes("events", "RemovePermission", R"({"RemoveAllPermissions":true,"EventBusName":"b"})"),
              Lines{"delete " + bus + "b"});
    EXPECT_EQ(changes("events", "DeleteEventBus", R"({"Name":"b"})"), Lines{"forget " + bus + "b"});
}

TEST(ObservedRepositories, PoliciesTagsAndTheEnd) {
    const std::string repository = "arn:aws:ecr:eu-west-1:111122223333:repository/web";
    EXPECT_EQ(changes("ecr", "SetRepositoryPolicy",
                      std::string(R"({"repositoryName":"web","policyText":")") + quoted + R"("})"),
              Lines{"put " + repository + " " + policy});
    EXPECT_EQ(changes("ecr", "DeleteRepositoryPolicy", R"({"repositoryName":"web"})"),
              Lines{"delete " + repository});
    EXPECT_EQ(
        changes("ecr", "CreateRepository", R"({"repositoryName":"web","tags":[{"Key":"a","Value":"1"}]})"),
        Lines{"tag " + repository + " a=1"});
    EXPECT_EQ(changes("ecr", "DeleteRepository", R"({"repositoryName":"web"})"),
              Lines{"forget " + repository});
}

TEST(ObservedLogs, DestinationsAndGroups) {
    const std::string account = "arn:aws:logs:eu-west-1:111122223333:";
    EXPECT_EQ(changes("logs", "PutDestinationPolicy",
                      std::string(R"({"destinationName":"d","accessPolicy":")") + quoted + R"("})"),
              Lines{"put " + account + "destination:d " + policy});
    EXPECT_EQ(changes("logs", "CreateLogGroup", R"({"logGroupName":"app","tags":{"a":"1"}})"),
              Lines{"tag " + account + "log-group:app a=1"});
    EXPECT_EQ(changes("logs", "TagResource",
                      R"({"resourceArn":")" + account + R"(log-group:app","tags":{"a":"1"}})"),
              Lines{"tag " + account + "log-group:app a=1"});
    EXPECT_EQ(changes("logs", "UntagLogGroup", R"({"logGroupName":"app","tags":["a"]})"),
              Lines{"untag " + account + "log-group:app a"});
    EXPECT_EQ(changes("logs", "DeleteLogGroup", R"({"logGroupName":"app"})"),
              Lines{"forget " + account + "log-group:app"});
}

TEST(ObservedParameters, TagsAndTheEnd) {
    const std::string parameters = "arn:aws:ssm:eu-west-1:111122223333:parameter/";
    EXPECT_EQ(
        changes("ssm", "AddTagsToResource",
                R"({"ResourceType":"Parameter","ResourceId":"/db/host","Tags":[{"Key":"a","Value":"1"}]})"),
        Lines{"tag " + parameters + "db/host a=1"});
    EXPECT_EQ(changes("ssm", "RemoveTagsFromResource",
                      R"({"ResourceType":"Parameter","ResourceId":"/db/host","TagKeys":["a"]})"),
              Lines{"untag " + parameters + "db/host a"});
    EXPECT_EQ(changes("ssm", "DeleteParameters", R"({"Names":["/db/host","/db/port"]})"),
              (Lines{"forget " + parameters + "db/host", "forget " + parameters + "db/port"}));
}

TEST(ObservedInstances, Tags) {
    const std::string ec2 = "arn:aws:ec2:eu-west-1:111122223333:";
    EXPECT_EQ(
        changes("ec2", "CreateTags", R"({"Resources":["i-1","vol-2"],"Tags":[{"Key":"a","Value":"1"}]})"),
        (Lines{"tag " + ec2 + "instance/i-1 a=1", "tag " + ec2 + "volume/vol-2 a=1"}));
    EXPECT_EQ(
        changes("ec2", "DeleteTags", R"({"Resources":["i-1"],"Tags":[{"Key":"a"},{"Key":"b","Value":"2"}]})"),
        Lines{"untag " + ec2 + "instance/i-1 a b=2"});
    EXPECT_EQ(changes("ec2", "DeleteTags", R"({"Resources":["i-1"]})"),
              Lines{"replace tags of " + ec2 + "instance/i-1"});
}

TEST(ObservedInstances, WhatWasMadeIsTagged) {
    constexpr auto run =
        R"({"ImageId":"ami-1","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro","SubnetId":"subnet-1",
      "TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"a","Value":"1"}]}]})";
    constexpr auto answer =
        "<RunInstancesResponse><reservationId>r-1</reservationId><instancesSet><item><instanceId>i-1</"
        "instanceId>"
        "</item><item><instanceId>i-2</instanceId></item></instancesSet></RunInstancesResponse>";
    EXPECT_EQ(changes("ec2", "RunInstances", run, answer),
              (Lines{"tag arn:aws:ec2:eu-west-1:111122223333:instance/i-1 a=1",
                     "tag arn:aws:ec2:eu-west-1:111122223333:instance/i-2 a=1"}));
    EXPECT_EQ(changes("ec2", "CreateSnapshot",
                      R"({"VolumeId":"vol-1","TagSpecifications":[{"ResourceType":"snapshot",
                          "Tags":[{"Key":"a","Value":"1"}]}]})",
                      "<CreateSnapshotResponse><snapshotId>snap-1</snapshotId></CreateSnapshotResponse>"),
              Lines{"tag arn:aws:ec2:eu-west-1::snapshot/snap-1 a=1"});
    const auto untagged = observation("ec2", "CreateVpc", R"({"CidrBlock":"10.0.0.0/16"})");
    ASSERT_TRUE(untagged);
    EXPECT_EQ(*untagged, nullptr);
}

TEST(ObservedServices, TagsOfAnyOther) {
    const std::string machine = "arn:aws:states:eu-west-1:111122223333:stateMachine:m";
    EXPECT_EQ(changes("stepfunctions", "TagResource",
                      R"({"resourceArn":")" + machine + R"(","tags":[{"key":"a","value":"1"}]})"),
              Lines{"tag " + machine + " a=1"});
    EXPECT_EQ(
        changes("stepfunctions", "UntagResource", R"({"resourceArn":")" + machine + R"(","tagKeys":["a"]})"),
        Lines{"untag " + machine + " a"});
}

}  // namespace
}  // namespace writ::gateway::testing
