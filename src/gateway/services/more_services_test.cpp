#include <gmock/gmock.h>

#include "gateway/internal/mapping/mapping_test_support.h"

/// EventBridge, Step Functions, CloudWatch, ECR, EC2 and Systems Manager.
namespace writ::gateway::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

const std::string role = "arn:aws:iam::111122223333:role/worker";

TEST(EventsMapping, OfRules) {
    const std::string begin = "arn:aws:events:eu-west-1:111122223333:";
    EXPECT_THAT(demands("events", "PutRule", R"({"Name":"nightly"})"),
                ElementsAre("events:PutRule " + begin + "rule/nightly"));
    EXPECT_THAT(demands("events", "PutRule", R"({"Name":"nightly","EventBusName":"default"})"),
                ElementsAre("events:PutRule " + begin + "rule/nightly"));
    EXPECT_THAT(
        demands("events", "PutRule", R"({"Name":"nightly","EventBusName":"shop","RoleArn":")" + role + "\"}"),
        ElementsAre("events:PutRule " + begin + "rule/shop/nightly", "iam:PassRole " + role));
    EXPECT_THAT(
        demands("events", "PutTargets",
                R"({"Rule":"nightly","EventBusName":"arn:aws:events:eu-west-1:444455556666:event-bus/shop",
                            "Targets":[{"Id":"1","Arn":"a1"},{"Id":"2","Arn":"a2","RoleArn":")" +
                    role + R"("}]})"),
        ElementsAre("events:PutTargets arn:aws:events:eu-west-1:444455556666:rule/shop/nightly",
                    "iam:PassRole " + role));
    EXPECT_THAT(keys("events", "PutTargets",
                     R"({"Rule":"r","Targets":[{"Id":"1","Arn":"arn:a:1"},{"Id":"2","Arn":"arn:a:2"}]})",
                     "events:PutTargets"),
                UnorderedElementsAre(Pair("events:TargetArn", "arn:a:1,arn:a:2")));
    EXPECT_THAT(
        keys("events", "PutRule", R"({"Name":"r","EventPattern":"{\"source\":[\"x\"]}"})", "events:PutRule"),
        Contains(Pair("events:source", "?")));
    EXPECT_TRUE(is_refused("events", "PutRule", R"({"Name":"shop/nightly"})"));
}

TEST(EventsMapping, OfEvents) {
    const std::string bus = "arn:aws:events:eu-west-1:111122223333:event-bus/";
    constexpr auto two =
        R"({"Entries":[{"Source":"app","DetailType":"sold"},{"Source":"app","EventBusName":"shop"}]})";
    EXPECT_THAT(demands("events", "PutEvents", two),
                ElementsAre("events:PutEvents " + bus + "default", "events:PutEvents " + bus + "shop"));
    EXPECT_THAT(keys("events", "PutEvents", two, "events:PutEvents"),
                UnorderedElementsAre(Pair("events:source", "app"), Pair("events:detail-type", "sold"),
                                     Pair("events:eventBusInvocation", "false")));
    EXPECT_TRUE(is_refused("events", "PutEvents", R"({"Entries":[]})"));
    EXPECT_THAT(demands("events", "DescribeEventBus", "{}"),
                ElementsAre("events:DescribeEventBus " + bus + "default"));
}

TEST(StatesMapping, OfOperations) {
    const std::string machine = "arn:aws:states:eu-west-1:111122223333:stateMachine:orders";
    EXPECT_THAT(
        demands("stepfunctions", "StartExecution", R"({"stateMachineArn":")" + machine + R"(:PROD"})"),
        ElementsAre("states:StartExecution " + machine));
    EXPECT_THAT(keys("stepfunctions", "DescribeStateMachine",
                     R"({"stateMachineArn":")" + machine + R"(:PROD"})", "states:DescribeStateMachine"),
                UnorderedElementsAre(Pair("states:StateMachineQualifier", "PROD")));
    EXPECT_THAT(demands("stepfunctions", "CreateStateMachine",
                        R"({"name":"orders","roleArn":")" + role + R"(","publish":true})"),
                ElementsAre("states:CreateStateMachine " + machine,
                            "states:PublishStateMachineVersion " + machine, "iam:PassRole " + role));
    const std::string execution = "arn:aws:states:eu-west-1:111122223333:execution:orders:e1";
    EXPECT_THAT(demands("stepfunctions", "StopExecution", R"({"executionArn":")" + execution + "\"}"),
                ElementsAre("states:StopExecution " + execution));
    EXPECT_TRUE(is_refused("stepfunctions", "StopExecution", R"({"executionArn":")" + machine + "\"}"));
}

TEST(CloudwatchMapping, OfOperations) {
    const std::string alarm = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:";
    EXPECT_THAT(
        demands("cloudwatch", "DeleteAlarms", R"({"AlarmNames":["a","b"]})"),
        ElementsAre("cloudwatch:DeleteAlarms " + alarm + "a", "cloudwatch:DeleteAlarms " + alarm + "b"));
    EXPECT_THAT(demands("cloudwatch", "DescribeAlarms", "{}"),
                ElementsAre("cloudwatch:DescribeAlarms " + alarm + "*"));
    EXPECT_THAT(demands("cloudwatch", "PutMetricData", R"({"Namespace":"App"})"),
                ElementsAre("cloudwatch:PutMetricData *"));
    EXPECT_THAT(keys("cloudwatch", "PutMetricData", R"({"Namespace":"App"})", "cloudwatch:PutMetricData"),
                UnorderedElementsAre(Pair("cloudwatch:namespace", "App")));
    EXPECT_THAT(demands("cloudwatch", "GetDashboard", R"({"DashboardName":"d"})"),
                ElementsAre("cloudwatch:GetDashboard arn:aws:cloudwatch::111122223333:dashboard/d"));
}

TEST(EcrMapping, OfOperations) {
    const std::string repository = "arn:aws:ecr:eu-west-1:111122223333:repository/team/app";
    EXPECT_THAT(demands("ecr", "PutImage", R"({"repositoryName":"team/app"})"),
                ElementsAre("ecr:PutImage " + repository));
    EXPECT_THAT(demands("ecr", "BatchGetImage", R"({"repositoryName":"app","registryId":"444455556666"})"),
                ElementsAre("ecr:BatchGetImage arn:aws:ecr:eu-west-1:444455556666:repository/app"));
    EXPECT_THAT(demands("ecr", "CreateRepository",
                        R"({"repositoryName":"team/app","tags":[{"Key":"a","Value":"b"}]})"),
                ElementsAre("ecr:CreateRepository " + repository, "ecr:TagResource " + repository));
    EXPECT_THAT(demands("ecr", "GetAuthorizationToken", "{}"), ElementsAre("ecr:GetAuthorizationToken *"));
    EXPECT_THAT(demands("ecr", "DescribeRepositories", "{}"),
                ElementsAre("ecr:DescribeRepositories arn:aws:ecr:eu-west-1:111122223333:repository/*"));
}

const std::string ec2 = "arn:aws:ec2:eu-west-1:111122223333:";

TEST(Ec2Mapping, OfInstances) {
    EXPECT_THAT(demands("ec2", "TerminateInstances", R"({"InstanceIds":["i-1","i-2"]})"),
                ElementsAre("ec2:TerminateInstances " + ec2 + "instance/i-1",
                            "ec2:TerminateInstances " + ec2 + "instance/i-2"));
    EXPECT_THAT(demands("ec2", "DescribeInstances", "{}"), ElementsAre("ec2:DescribeInstances *"));
    constexpr auto run =
        R"({"ImageId":"ami-1","SubnetId":"subnet-1","SecurityGroupIds":["sg-1"],"InstanceType":"t3.micro",
        "TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"team","Value":"x"}]}]})";
    EXPECT_THAT(
        demands("ec2", "RunInstances", run),
        ElementsAre(
            "ec2:RunInstances " + ec2 + "instance/*", "ec2:RunInstances arn:aws:ec2:eu-west-1::image/ami-1",
            "ec2:RunInstances " + ec2 + "volume/*", "ec2:RunInstances " + ec2 + "network-interface/*",
            "ec2:RunInstances " + ec2 + "subnet/subnet-1", "ec2:RunInstances " + ec2 + "security-group/sg-1",
            "ec2:CreateTags " + ec2 + "instance/*"));
    EXPECT_THAT(keys("ec2", "RunInstances", run, "ec2:RunInstances"),
                UnorderedElementsAre(Pair("ec2:InstanceType", "t3.micro"), Pair("aws:RequestTag/team", "x"),
                                     Pair("aws:TagKeys", "team")));
    EXPECT_THAT(keys("ec2", "RunInstances", run, "ec2:CreateTags"),
                UnorderedElementsAre(Pair("ec2:CreateAction", "RunInstances"),
                                     Pair("aws:RequestTag/team", "x"), Pair("aws:TagKeys", "team")));
    EXPECT_TRUE(is_refused("ec2", "RunInstances",
                           R"({"LaunchTemplate":{"LaunchTemplateId":"lt-1"},"ImageId":"ami-1"})"));
    EXPECT_TRUE(
        is_refused("ec2", "RunInstances", R"({"ImageId":"ami-1","IamInstanceProfile":{"Name":"p"}})"));
}

class KnownProfiles : public KnownFacts {
  public:
    [[nodiscard]] std::optional<std::string> role_of_instance_profile(std::string_view arn) const override {
        return arn == "arn:aws:iam::111122223333:instance-profile/p" ? std::optional(role) : std::nullopt;
    }
};

TEST(Ec2Mapping, PassesTheRoleOfAnInstanceProfile) {
    const KnownProfiles known;
    const MappingPlace informed{"aws", "eu-west-1", "111122223333", &known};
    EXPECT_THAT(
        demands("ec2", "AssociateIamInstanceProfile",
                R"({"InstanceId":"i-1","IamInstanceProfile":{"Name":"p"}})", informed),
        ElementsAre("ec2:AssociateIamInstanceProfile " + ec2 + "instance/i-1", "iam:PassRole " + role));
}

TEST(Ec2Mapping, OfOtherResources) {
    EXPECT_THAT(demands("ec2", "AttachVolume", R"({"VolumeId":"vol-1","InstanceId":"i-1"})"),
                UnorderedElementsAre("ec2:AttachVolume " + ec2 + "volume/vol-1",
                                     "ec2:AttachVolume " + ec2 + "instance/i-1"));
    EXPECT_THAT(demands("ec2", "CreateVolume", R"({"SnapshotId":"snap-1"})"),
                ElementsAre("ec2:CreateVolume " + ec2 + "volume/*",
                            "ec2:CreateVolume arn:aws:ec2:eu-west-1::snapshot/snap-1"));
    EXPECT_THAT(demands("ec2", "AuthorizeSecurityGroupIngress", R"({"GroupId":"sg-1"})"),
                ElementsAre("ec2:AuthorizeSecurityGroupIngress " + ec2 + "security-group/sg-1"));
    EXPECT_TRUE(is_refused("ec2", "AuthorizeSecurityGroupIngress", R"({"GroupName":"web"})"));
    EXPECT_THAT(demands("ec2", "CreateTags",
                        R"({"Resources":["i-1","ami-1","tgw-attach-1"],"Tags":[{"Key":"a","Value":"b"}]})"),
                ElementsAre("ec2:CreateTags " + ec2 + "instance/i-1",
                            "ec2:CreateTags arn:aws:ec2:eu-west-1::image/ami-1",
                            "ec2:CreateTags " + ec2 + "transit-gateway-attachment/tgw-attach-1"));
    EXPECT_TRUE(is_refused("ec2", "CreateTags", R"({"Resources":["x-1"],"Tags":[]})"));
    EXPECT_THAT(demands("ec2", "DeleteVpc", R"({"VpcId":"vpc-1"})"),
                ElementsAre("ec2:DeleteVpc " + ec2 + "vpc/vpc-1"));
}

TEST(Ec2Mapping, LaunchTemplatesAndTheirTags) {
    const std::string template_ = "arn:aws:ec2:eu-west-1:111122223333:launch-template/";
    EXPECT_THAT(
        demands("ec2", "CreateLaunchTemplate",
                R"({"LaunchTemplateName":"web","LaunchTemplateData":{"ImageId":"ami-1"},
                            "TagSpecifications":[{"ResourceType":"launch-template","Tags":[{"Key":"k","Value":"v"}]}]})"),
        ElementsAre("ec2:CreateLaunchTemplate " + template_ + "*", "ec2:CreateTags " + template_ + "*"));
    EXPECT_THAT(demands("ec2", "CreateLaunchTemplateVersion",
                        R"({"LaunchTemplateId":"lt-1","LaunchTemplateData":{"ImageId":"ami-1"}})"),
                ElementsAre("ec2:CreateLaunchTemplateVersion " + template_ + "lt-1"));
    EXPECT_TRUE(is_refused("ec2", "CreateLaunchTemplateVersion",
                           R"({"LaunchTemplateName":"web","LaunchTemplateData":{"ImageId":"ami-1"}})"))
        << "a name does not tell the id";
    EXPECT_TRUE(is_refused("ec2", "RunInstances", R"({"LaunchTemplate":{"LaunchTemplateId":"lt-1"}})"))
        << "nor a template what it holds";
}

TEST(Ec2Mapping, FlowLogsConcernWhatTheyWatch) {
    EXPECT_THAT(
        demands("ec2", "CreateFlowLogs",
                R"({"ResourceIds":["vpc-1","subnet-2"],"ResourceType":"VPC","DeliverLogsPermissionArn":")" +
                    role + "\"}"),
        ElementsAre("ec2:CreateFlowLogs " + ec2 + "vpc-flow-log/*", "ec2:CreateFlowLogs " + ec2 + "vpc/vpc-1",
                    "ec2:CreateFlowLogs " + ec2 + "subnet/subnet-2", "iam:PassRole " + role));
}

TEST(SsmMapping, MaintenanceWindowsAndAutomation) {
    const std::string ssm = "arn:aws:ssm:eu-west-1:111122223333:";
    EXPECT_THAT(demands("ssm", "GetMaintenanceWindow", R"({"WindowId":"mw-1"})"),
                ElementsAre("ssm:GetMaintenanceWindow " + ssm + "maintenancewindow/mw-1"));
    EXPECT_THAT(demands("ssm", "GetServiceSetting",
                        R"({"SettingId":"/ssm/parameter-store/high-throughput-enabled"})"),
                ElementsAre("ssm:GetServiceSetting " + ssm +
                            "servicesetting/ssm/parameter-store/high-throughput-enabled"));
    EXPECT_THAT(
        demands("ssm", "StartAutomationExecution",
                R"({"DocumentName":"Restart","Parameters":{"AutomationAssumeRole":[")" + role + R"("]}})"),
        ElementsAre("ssm:StartAutomationExecution " + ssm + "document/Restart",
                    "ssm:StartAutomationExecution " + ssm + "automation-execution/*",
                    "iam:PassRole " + role));
}

}  // namespace
}  // namespace writ::gateway::testing
