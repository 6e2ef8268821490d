#include <gmock/gmock.h>

#include "gateway/internal/mapping/mapping_test_support.h"

/// From "API operations defined by Amazon API Gateway Management" and "… Management V2", and their resource
/// types.
namespace writ::gateway::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

const std::string begin = "arn:aws:apigateway:eu-west-1::";
const std::string role = "arn:aws:iam::111122223333:role/worker";

TEST(ApiGatewayMapping, TheMethodOnThePath) {
    EXPECT_THAT(demands("apigateway", "GetRestApis", "{}"),
                ElementsAre("apigateway:GET " + begin + "/restapis"));
    EXPECT_THAT(demands("apigateway", "DeleteStage", R"({"restApiId":"a1","stageName":"prod"})"),
                ElementsAre("apigateway:DELETE " + begin + "/restapis/a1/stages/prod"));
    EXPECT_THAT(
        demands("apigateway", "PutMethod",
                R"({"restApiId":"a1","resourceId":"r1","httpMethod":"GET","authorizationType":"NONE"})"),
        ElementsAre("apigateway:PUT " + begin + "/restapis/a1/resources/r1/methods/GET"));
    EXPECT_THAT(demands("apigateway", "UpdateUsagePlan", R"({"usagePlanId":"u1","patchOperations":[]})"),
                ElementsAre("apigateway:PATCH " + begin + "/usageplans/u1"));
    EXPECT_THAT(demands("apigatewayv2", "GetRoute", R"({"ApiId":"a1","RouteId":"r1"})"),
                ElementsAre("apigateway:GET " + begin + "/apis/a1/routes/r1"));
    EXPECT_TRUE(is_refused("apigateway", "GetRestApi", R"({"restApiId":"a1/stages/prod"})"));
    EXPECT_TRUE(is_refused("apigateway", "GetRestApi", "{}"));
}

TEST(ApiGatewayMapping, TagsAreResources) {
    const std::string api = begin + "/restapis/a1";
    EXPECT_THAT(demands("apigateway", "TagResource", R"({"resourceArn":")" + api + R"(","tags":{"k":"v"}})"),
                ElementsAre("apigateway:PUT " + begin +
                            "/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis%2Fa1"));
    constexpr auto tagged = R"({"name":"shop","tags":{"k":"v"}})";
    EXPECT_THAT(demands("apigateway", "CreateRestApi", tagged),
                ElementsAre("apigateway:POST " + begin + "/restapis",
                            "apigateway:PUT " + begin +
                                "/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis%2F*"));
    EXPECT_THAT(keys("apigateway", "CreateRestApi", tagged, "apigateway:POST"),
                UnorderedElementsAre(Pair("apigateway:Request/ApiName", "shop"),
                                     Pair("aws:RequestTag/k", "v"), Pair("aws:TagKeys", "k")));
}

TEST(ApiGatewayMapping, RolesArePassed) {
    EXPECT_THAT(demands("apigatewayv2", "CreateIntegration",
                        R"({"ApiId":"a1","IntegrationType":"AWS_PROXY","CredentialsArn":")" + role + "\"}"),
                ElementsAre("apigateway:POST " + begin + "/apis/a1/integrations", "iam:PassRole " + role));
    EXPECT_THAT(keys("apigatewayv2", "CreateIntegration",
                     R"({"ApiId":"a1","IntegrationType":"AWS_PROXY","CredentialsArn":")" + role + "\"}",
                     "iam:PassRole"),
                ElementsAre(Pair("iam:PassedToService", "apigateway.amazonaws.com")));
    EXPECT_THAT(demands("apigateway", "UpdateAccount",
                        R"({"patchOperations":[{"op":"replace","path":"/cloudwatchRoleArn","value":")" +
                            role + R"("}]})"),
                ElementsAre("apigateway:PATCH " + begin + "/account", "iam:PassRole " + role));
    EXPECT_THAT(
        demands(
            "apigateway", "PutIntegration",
            R"({"restApiId":"a1","resourceId":"r1","httpMethod":"GET","type":"AWS","credentials":"arn:aws:iam::*:user/*"})"),
        ElementsAre("apigateway:PUT " + begin + "/restapis/a1/resources/r1/methods/GET/integration"))
        << "the caller's own credentials are no role";
    EXPECT_TRUE(is_refused("apigateway", "ImportRestApi", R"({"body":"{}"})"));
    EXPECT_TRUE(is_refused("apigatewayv2", "ReimportApi", R"({"ApiId":"a1","Body":"{}"})"));
}

TEST(ApiGatewayMapping, PoliciesAndCertificatesAreSensitive) {
    const std::string api = begin + "/restapis/a1";
    EXPECT_THAT(
        demands("apigateway", "UpdateRestApi",
                R"({"restApiId":"a1","patchOperations":[{"op":"replace","path":"/policy","value":"{}"}]})"),
        ElementsAre("apigateway:PATCH " + api, "apigateway:UpdateRestApiPolicy " + api));
    EXPECT_THAT(
        demands("apigateway", "UpdateRestApi",
                R"({"restApiId":"a1","patchOperations":[{"op":"replace","path":"/name","value":"n"}]})"),
        ElementsAre("apigateway:PATCH " + api));
    EXPECT_THAT(demands("apigateway", "CreateRestApi", R"({"name":"n","policy":"{}"})"),
                ElementsAre("apigateway:POST " + begin + "/restapis",
                            "apigateway:UpdateRestApiPolicy " + begin + "/restapis"));
    EXPECT_THAT(
        demands("apigatewayv2", "CreateDomainName",
                R"({"DomainName":"d.example","MutualTlsAuthentication":{"TruststoreUri":"s3://b/k"}})"),
        ElementsAre("apigateway:POST " + begin + "/domainnames",
                    "apigateway:AddCertificateToDomain " + begin + "/domainnames"));
    EXPECT_THAT(demands("apigateway", "DeleteDomainName", R"({"domainName":"d.example"})"),
                ElementsAre("apigateway:DELETE " + begin + "/domainnames/d.example",
                            "apigateway:RemoveCertificateFromDomain " + begin + "/domainnames/d.example"));
}

TEST(ApiGatewayMapping, PrivateDomainNamesHaveAnAccount) {
    const std::string own = "arn:aws:apigateway:eu-west-1:111122223333:";
    EXPECT_THAT(demands("apigateway", "GetDomainName", R"({"domainName":"d.example","domainNameId":"i1"})"),
                ElementsAre("apigateway:GET " + own + "/domainnames/d.example+i1"));
    EXPECT_THAT(demands("apigateway", "GetBasePathMapping",
                        R"({"domainName":"d.example","domainNameId":"i1","basePath":"v1"})"),
                ElementsAre("apigateway:GET " + begin + "/domainnames/d.example+i1/basepathmappings/v1"));
    EXPECT_THAT(
        demands("apigateway", "RejectDomainNameAccessAssociation",
                R"({"domainNameAccessAssociationArn":"x","domainNameArn":")" + own + R"(/domainnames/d+i"})"),
        ElementsAre("apigateway:RejectAccessAssociation " + own + "/domainnames/d+i"));
}

TEST(ApiGatewayMapping, OperationsWithActionsOfTheirOwn) {
    const std::string rule = "arn:aws:apigateway:eu-west-1:111122223333:/domainnames/d.example/routingrules/";
    EXPECT_THAT(
        demands("apigatewayv2", "GetRoutingRule", R"({"DomainName":"d.example","RoutingRuleId":"r1"})"),
        ElementsAre("apigateway:GetRoutingRule " + rule + "r1"));
    EXPECT_THAT(
        demands("apigatewayv2", "PutRoutingRule", R"({"DomainName":"d.example","RoutingRuleId":"r1"})"),
        ElementsAre("apigateway:UpdateRoutingRule " + rule + "r1"));
    EXPECT_THAT(demands("apigatewayv2", "ListPortals", "{}"),
                ElementsAre("apigateway:ListPortals arn:aws:apigateway:eu-west-1:111122223333:/portals/*"));
}

TEST(ApiGatewayMapping, WhatAPatchLeavesIsNotTold) {
    EXPECT_THAT(
        keys("apigateway", "UpdateRestApi", R"({"restApiId":"a1","patchOperations":[]})", "apigateway:PATCH"),
        Contains(Pair("apigateway:Request/EndpointType", "?")));
    EXPECT_THAT(keys("apigateway", "CreateModel", R"({"restApiId":"a1","name":"m","contentType":"t"})",
                     "apigateway:POST"),
                IsEmpty())
        << "the name of a model is not that of an API";
}

}  // namespace
}  // namespace writ::gateway::testing
