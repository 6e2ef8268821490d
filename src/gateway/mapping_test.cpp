#include "gateway/mapping.h"

#include <gmock/gmock.h>

#include "gateway/internal/mapping/mapping_test_support.h"
#include "gateway/internal/mapping/plan.h"

namespace writ::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST(GeneralRule, FillsPatternsWithParametersOfTheSameMeaning) {
    // One name in both.
    EXPECT_THAT(demands("ecs", "DeleteService", R"({"cluster":"web","service":"api"})"),
                ElementsAre("ecs:DeleteService arn:aws:ecs:eu-west-1:111122223333:service/web/api"));
    // A name alone is of what the operation is about.
    EXPECT_THAT(demands("athena", "GetDataCatalog", R"({"Name":"sales"})"),
                ElementsAre("athena:GetDataCatalog arn:aws:athena:eu-west-1:111122223333:datacatalog/sales"));
    EXPECT_THAT(demands("athena", "GetWorkGroup", R"({"WorkGroup":"primary"})"),
                ElementsAre("athena:GetWorkGroup arn:aws:athena:eu-west-1:111122223333:workgroup/primary"));
    EXPECT_THAT(demands("firehose", "PutRecord", R"({"DeliveryStreamName":"in"})"),
                ElementsAre("firehose:PutRecord arn:aws:firehose:eu-west-1:111122223333:deliverystream/in"));
}

TEST(GeneralRule, TakesTheArnOfAResource) {
    const std::string stream = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/in";
    EXPECT_THAT(demands("backup", "ListTags",
                        R"({"ResourceArn":"arn:aws:backup:eu-west-1:111122223333:backup-vault:v"})"),
                ElementsAre("backup:ListTags arn:aws:backup:eu-west-1:111122223333:backup-vault:v"));
    EXPECT_TRUE(is_refused("backup", "ListTags", R"({"ResourceArn":")" + stream + "\"}"));
    EXPECT_TRUE(is_refused("backup", "ListTags",
                           R"({"ResourceArn":"arn:aws:backup:us-east-1:111122223333:backup-vault:v"})"));
    EXPECT_TRUE(is_refused("backup", "ListTags", "{}"));
}

TEST(GeneralRule, TakesAnArnWhereItAsksForAName) {
    const std::string service = "arn:aws:ecs:eu-west-1:111122223333:service/web/api";
    EXPECT_THAT(demands("ecs", "DeleteService", R"({"cluster":"web","service":")" + service + "\"}"),
                ElementsAre("ecs:DeleteService " + service));
    EXPECT_TRUE(is_refused("ecs", "DeleteService", R"({"cluster":"other","service":")" + service + "\"}"));
}

TEST(GeneralRule, HasNoResourceWhereTheActionHasNone) {
    EXPECT_THAT(demands("ecs", "ListClusters", "{}"), ElementsAre("ecs:ListClusters *"));
    EXPECT_THAT(demands("cloudtrail", "DescribeTrails", "{}"), ElementsAre("cloudtrail:DescribeTrails *"));
}

TEST(GeneralRule, FindsTheActionsOfServicesThatAreSignedOtherwise) {
    EXPECT_THAT(demands("resourcegroupstaggingapi", "GetResources", "{}"), ElementsAre("tag:GetResources *"));
}

TEST(GeneralRule, PassesRoles) {
    const auto mapped =
        demands("glue", "CreateJob", R"({"Name":"etl","Role":"arn:aws:iam::111122223333:role/glue"})");
    EXPECT_THAT(mapped, ::testing::Contains("iam:PassRole arn:aws:iam::111122223333:role/glue"));
    EXPECT_THAT(keys("glue", "CreateJob", R"({"Name":"etl","Role":"arn:aws:iam::111122223333:role/glue"})",
                     "iam:PassRole"),
                UnorderedElementsAre(Pair("iam:PassedToService", "glue.amazonaws.com")));
}

/// From "API operations defined by …" of the services.
TEST(GeneralRule, WhatIsMadeWithTagsIsTagged) {
    EXPECT_THAT(demands("ecs", "CreateCluster", R"({"clusterName":"web"})"),
                ElementsAre("ecs:CreateCluster arn:aws:ecs:eu-west-1:111122223333:cluster/web"));
    EXPECT_THAT(demands("ecs", "CreateCluster", R"({"clusterName":"web","tags":[{"key":"k","value":"v"}]})"),
                ElementsAre("ecs:CreateCluster arn:aws:ecs:eu-west-1:111122223333:cluster/web",
                            "ecs:TagResource arn:aws:ecs:eu-west-1:111122223333:cluster/web"));
    EXPECT_THAT(keys("ecs", "CreateCluster", R"({"clusterName":"web","tags":[{"key":"k","value":"v"}]})",
                     "ecs:TagResource"),
                UnorderedElementsAre(Pair("aws:RequestTag/k", "v"), Pair("aws:TagKeys", "k"),
                                     Pair("ecs:CreateAction", "CreateCluster")));
    EXPECT_THAT(
        demands("ssm", "CreateMaintenanceWindow",
                R"({"Name":"w","Schedule":"s","Duration":1,"Cutoff":0,"AllowUnassociatedTargets":false,
                            "Tags":[{"Key":"k","Value":"v"}]})"),
        ElementsAre("ssm:CreateMaintenanceWindow *",
                    "ssm:AddTagsToResource arn:aws:ssm:eu-west-1:111122223333:maintenancewindow/*"));
    EXPECT_THAT(
        demands("glue", "CreateTrigger", R"({"Name":"t","Type":"ON_DEMAND","Actions":[],"Tags":{"k":"v"}})"),
        ElementsAre("glue:CreateTrigger arn:aws:glue:eu-west-1:111122223333:trigger/t",
                    "glue:TagResource arn:aws:glue:eu-west-1:111122223333:trigger/t"));
}

/// "role service" for each role that is passed, or the error.
std::vector<std::string> passed(std::string_view service, std::string_view operation, std::string_view json,
                                const MappingPlace& at = place) {
    const auto mapped = map(service, operation, json, at);
    if (!mapped) return {mapped.error().message};
    std::vector<std::string> lines;
    for (const MappedDemand& demand : *mapped) {
        if (demand.action != "iam:PassRole") continue;
        const auto arn = demand.resource.substr(demand.resource.find("role/"));
        lines.push_back(arn + " " + demand.keys.front().values.front());
    }
    return lines;
}

TEST(GeneralRule, PassesRolesByName) {
    EXPECT_THAT(passed("glue", "CreateJob", R"({"Name":"etl","Role":"worker"})"),
                ElementsAre("role/worker glue.amazonaws.com"));
    EXPECT_THAT(passed("batch", "CreateComputeEnvironment",
                       R"({"computeEnvironmentName":"e","type":"MANAGED","serviceRole":"scaler"})"),
                ElementsAre("role/scaler batch.amazonaws.com"));
    EXPECT_THAT(
        passed(
            "opensearch", "CreateDomain",
            R"({"DomainName":"d","AdvancedSecurityOptions":{"SAMLOptions":{"MasterBackendRole":"admin"}}})"),
        ElementsAre())
        << "a role, but none of IAM";
}

/// From "API operations defined by …" of the services: iam:PassedToService.
TEST(GeneralRule, RolesArePassedToWhoeverUsesThem) {
    const auto role = [](std::string_view name) {
        return "arn:aws:iam::111122223333:role/" + std::string(name);
    };
    EXPECT_THAT(
        passed("cloudformation", "CreateStack", R"({"StackName":"s","RoleARN":")" + role("deploy") + "\"}"),
        ElementsAre("role/deploy cloudformation.amazonaws.com"));
    EXPECT_THAT(
        passed("ecs", "RegisterTaskDefinition",
               R"({"family":"web","containerDefinitions":[],"taskRoleArn":")" + role("task") +
                   R"(","executionRoleArn":"pull"})"),
        UnorderedElementsAre("role/task ecs-tasks.amazonaws.com", "role/pull ecs-tasks.amazonaws.com"));
    EXPECT_THAT(
        passed("batch", "RegisterJobDefinition",
               R"({"jobDefinitionName":"j","type":"container","containerProperties":{"jobRoleArn":")" +
                   role("job") + R"("}})"),
        ElementsAre("role/job ecs-tasks.amazonaws.com"));
    EXPECT_THAT(passed("sagemaker", "CreateNotebookInstance",
                       R"({"NotebookInstanceName":"n","InstanceType":"ml.t3.medium","RoleArn":")" +
                           role("ml") + "\"}"),
                ElementsAre("role/ml sagemaker.amazonaws.com"));
    EXPECT_THAT(passed("sagemaker", "CreateDomain",
                       R"({"DomainName":"d","AuthMode":"IAM","DefaultUserSettings":{"ExecutionRole":")" +
                           role("ml") + R"("}})"),
                ElementsAre("role/ml sagemaker.amazonaws.com"));
    EXPECT_THAT(passed("redshift", "CreateCluster",
                       R"({"ClusterIdentifier":"c","NodeType":"n","MasterUsername":"u","IamRoles":[")" +
                           role("load") + R"("]})"),
                ElementsAre("role/load redshift.amazonaws.com"));
    EXPECT_THAT(passed("cognito-identity", "SetIdentityPoolRoles",
                       R"({"IdentityPoolId":"p","Roles":{"authenticated":")" + role("user") + R"("}})"),
                ElementsAre("role/user cognito-identity.amazonaws.com"));
}

class KnownProfiles : public KnownFacts {
    [[nodiscard]] std::optional<std::string> role_of_instance_profile(std::string_view arn) const override {
        if (arn != "arn:aws:iam::111122223333:instance-profile/web") return std::nullopt;
        return "arn:aws:iam::111122223333:role/web";
    }
};

TEST(GeneralRule, AnInstanceProfilePassesItsRole) {
    constexpr auto launch = R"({"LaunchConfigurationName":"l","IamInstanceProfile":"web"})";
    const KnownProfiles known;
    MappingPlace at = place;
    EXPECT_TRUE(is_refused("autoscaling", "CreateLaunchConfiguration", launch, at));
    at.facts = &known;
    EXPECT_THAT(passed("autoscaling", "CreateLaunchConfiguration", launch, at),
                ElementsAre("role/web ec2.amazonaws.com"));
    EXPECT_THAT(
        passed("ec2", "CreateLaunchTemplate",
               R"({"LaunchTemplateName":"l","LaunchTemplateData":{"IamInstanceProfile":{"Name":"web"}}})",
               at),
        ElementsAre("role/web ec2.amazonaws.com"));
    EXPECT_TRUE(is_refused(
        "ec2", "CreateLaunchTemplate",
        R"({"LaunchTemplateName":"l","LaunchTemplateData":{"IamInstanceProfile":{"Name":"other"}}})", at));
}

/// A condition compares ARNs, which a name is not.
TEST(GeneralRule, DoesNotTellAnArnByAName) {
    constexpr auto by_name = R"({"cluster":"web","service":"api"})";
    EXPECT_THAT(keys("ecs", "DeleteService", by_name, "ecs:DeleteService"),
                ElementsAre(Pair("ecs:cluster", "?")));
}

TEST(GeneralRule, RefusesWhatItCannotMap) {
    const auto unknown = map("kinesis", "ListQueues", "{}");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "AccessDenied");
    EXPECT_EQ(unknown.error().message,
              "kinesis:ListQueues cannot be mapped to an action and its resources: there is no action "
              "kinesis:ListQueues. Configuration may name an action for it.");
    const auto untold = map("firehose", "PutRecord", "{}");
    ASSERT_FALSE(untold);
    EXPECT_THAT(untold.error().message, HasSubstr("it does not tell DeliveryStreamName"));
}

TEST(ConfiguredDemand, FillsItsTemplate) {
    const auto* service = reference::find_request_service("apigateway");
    ASSERT_NE(service, nullptr);
    const auto* operation = reference::find_request_operation(*service, "GetRestApi");
    ASSERT_NE(operation, nullptr);
    const ConfiguredDemand configured{"apigateway:GET",
                                      "arn:{partition}:apigateway:{region}::/restapis/{restApiId}"};
    const auto mapped = map_as_configured(configured, *service, *operation,
                                          parameters_of(*operation, R"({"restApiId":"r1"})"), place);
    ASSERT_TRUE(mapped) << mapped.error().message;
    ASSERT_EQ(mapped->size(), 1U);
    EXPECT_EQ(mapped->front().action, "apigateway:GET");
    EXPECT_EQ(mapped->front().resource, "arn:aws:apigateway:eu-west-1::/restapis/r1");
    EXPECT_EQ(mapped->front().resource_account, "111122223333");
    EXPECT_FALSE(map_as_configured(configured, *service, *operation, parameters_of(*operation, "{}"), place));
}

/// Never a demand on PassRole alone, whatever the service.
TEST(EveryOperation, HasADemandOfItsOwnOrIsRefused) {
    std::size_t mapped = 0, all = 0;
    for (const reference::RequestService& service : reference::request_services())
        for (const reference::RequestOperation& operation : reference::request_operations(service)) {
            const internal::Plan plan = internal::make_plan(service, operation);
            const bool own = plan.rule != nullptr ||
                             std::ranges::any_of(plan.demands,
                                                 [](const auto& demand) { return demand.role_path.empty(); });
            EXPECT_NE(own, !plan.why_not.empty()) << service.id << " " << operation.name;
            ++all;
            if (plan.why_not.empty()) ++mapped;
        }
    RecordProperty("operations", static_cast<int>(all));
    RecordProperty("mapped", static_cast<int>(mapped));
    EXPECT_GT(mapped, all / 2);
}

}  // namespace
}  // namespace writ::gateway::testing
