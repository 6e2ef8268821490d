#include <gmock/gmock.h>

#include "gateway/internal/mapping/mapping_test_support.h"

/// From "API operations defined by AWS Identity and Access Management (IAM)" and "… AWS Security Token
/// Service".
namespace writ::gateway::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

const std::string begin = "arn:aws:iam::111122223333:";

TEST(IamMapping, EntitiesByName) {
    EXPECT_THAT(demands("iam", "GetUser", R"({"UserName":"ada"})"),
                ElementsAre("iam:GetUser " + begin + "user/ada"));
    EXPECT_THAT(demands("iam", "DeleteRole", R"({"RoleName":"ops"})"),
                ElementsAre("iam:DeleteRole " + begin + "role/ops"));
    EXPECT_THAT(demands("iam", "AddUserToGroup", R"({"GroupName":"g","UserName":"ada"})"),
                ElementsAre("iam:AddUserToGroup " + begin + "group/g"));
    EXPECT_THAT(
        demands("iam", "PutUserPolicy", R"({"UserName":"ada","PolicyName":"p","PolicyDocument":"{}"})"),
        ElementsAre("iam:PutUserPolicy " + begin + "user/ada"));
    EXPECT_THAT(demands("iam", "ListUsers", "{}"), ElementsAre("iam:ListUsers *"));
    EXPECT_THAT(demands("iam", "GetAccountSummary", "{}"), ElementsAre("iam:GetAccountSummary *"));
}

TEST(IamMapping, WhoNamesNobodyWouldMeanTheGateway) {
    EXPECT_TRUE(is_refused("iam", "GetUser", "{}"));
    EXPECT_TRUE(is_refused("iam", "CreateAccessKey", "{}"));
    EXPECT_TRUE(is_refused("iam", "DeleteAccessKey", R"({"AccessKeyId":"AKIA"})"));
    EXPECT_TRUE(is_refused("iam", "ChangePassword", R"({"OldPassword":"a","NewPassword":"b"})"));
}

TEST(IamMapping, EntitiesByArn) {
    EXPECT_THAT(demands("iam", "GetPolicy", R"({"PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"})"),
                ElementsAre("iam:GetPolicy arn:aws:iam::aws:policy/ReadOnlyAccess"));
    EXPECT_EQ(map("iam", "GetPolicy", R"({"PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"})")
                  ->front()
                  .resource_account,
              "111122223333")
        << "what AWS owns belongs to whoever uses it";
    EXPECT_THAT(demands("iam", "DeletePolicy", R"({"PolicyArn":")" + begin + R"(policy/team/p"})"),
                ElementsAre("iam:DeletePolicy " + begin + "policy/team/p"));
    EXPECT_TRUE(is_refused("iam", "DeletePolicy", R"({"PolicyArn":")" + begin + R"(role/r"})"));
    EXPECT_THAT(demands("iam", "DeleteVirtualMFADevice", R"({"SerialNumber":")" + begin + R"(mfa/d"})"),
                ElementsAre("iam:DeleteVirtualMFADevice " + begin + "mfa/d"));
    EXPECT_THAT(demands("iam", "DeleteOpenIDConnectProvider",
                        R"({"OpenIDConnectProviderArn":")" + begin + R"(oidc-provider/example.com"})"),
                ElementsAre("iam:DeleteOpenIDConnectProvider " + begin + "oidc-provider/example.com"));
    EXPECT_THAT(demands("iam", "SimulatePrincipalPolicy",
                        R"({"PolicySourceArn":")" + begin + R"(user/ada","ActionNames":["s3:GetObject"]})"),
                ElementsAre("iam:SimulatePrincipalPolicy " + begin + "user/ada"));
    EXPECT_THAT(demands("iam", "GenerateServiceLastAccessedDetails", R"({"Arn":")" + begin + R"(role/r"})"),
                ElementsAre("iam:GenerateServiceLastAccessedDetails " + begin + "role/r"));
}

TEST(IamMapping, WhatIsMadeMayBeTagged) {
    EXPECT_THAT(demands("iam", "CreateUser", R"({"UserName":"ada"})"),
                ElementsAre("iam:CreateUser " + begin + "user/ada"));
    EXPECT_THAT(
        demands("iam", "CreateUser", R"({"UserName":"ada","Path":"/","Tags":[{"Key":"k","Value":"v"}]})"),
        ElementsAre("iam:CreateUser " + begin + "user/ada", "iam:TagUser " + begin + "user/ada"));
    EXPECT_THAT(
        keys("iam", "CreateUser", R"({"UserName":"ada","Tags":[{"Key":"k","Value":"v"}]})", "iam:TagUser"),
        UnorderedElementsAre(Pair("aws:RequestTag/k", "v"), Pair("aws:TagKeys", "k")));
    EXPECT_THAT(demands("iam", "CreatePolicy", R"({"PolicyName":"p","PolicyDocument":"{}"})"),
                ElementsAre("iam:CreatePolicy " + begin + "policy/p"));
    EXPECT_THAT(demands("iam", "CreateOpenIDConnectProvider", R"({"Url":"https://example.com/tenant"})"),
                ElementsAre("iam:CreateOpenIDConnectProvider " + begin + "oidc-provider/example.com/tenant"));
    EXPECT_THAT(
        demands("iam", "CreateServiceLinkedRole", R"({"AWSServiceName":"es.amazonaws.com"})"),
        ElementsAre("iam:CreateServiceLinkedRole " + begin + "role/aws-service-role/es.amazonaws.com/*"));
}

TEST(IamMapping, PathsCannotBeToldLater) {
    EXPECT_TRUE(is_refused("iam", "CreateUser", R"({"UserName":"ada","Path":"/team/"})"));
    EXPECT_TRUE(is_refused("iam", "UpdateUser", R"({"UserName":"ada","NewPath":"/team/"})"));
    EXPECT_TRUE(is_refused("iam", "DeleteServiceLinkedRole", R"({"RoleName":"AWSServiceRoleForX"})"));
}

TEST(IamMapping, RenamingConcernsBothNames) {
    EXPECT_THAT(demands("iam", "UpdateUser", R"({"UserName":"ada","NewUserName":"eve"})"),
                ElementsAre("iam:UpdateUser " + begin + "user/ada", "iam:UpdateUser " + begin + "user/eve"));
}

TEST(IamMapping, AnInstanceProfileIsPassedItsRole) {
    constexpr auto request = R"({"InstanceProfileName":"p","RoleName":"r"})";
    EXPECT_THAT(demands("iam", "AddRoleToInstanceProfile", request),
                ElementsAre("iam:AddRoleToInstanceProfile " + begin + "instance-profile/p",
                            "iam:PassRole " + begin + "role/r"));
    EXPECT_THAT(keys("iam", "AddRoleToInstanceProfile", request, "iam:PassRole"),
                ElementsAre(Pair("iam:PassedToService", "ec2.amazonaws.com")));
}

TEST(IamMapping, Keys) {
    EXPECT_THAT(keys("iam", "AttachUserPolicy",
                     R"({"UserName":"ada","PolicyArn":"arn:aws:iam::aws:policy/P"})", "iam:AttachUserPolicy"),
                UnorderedElementsAre(Pair("iam:PolicyARN", "arn:aws:iam::aws:policy/P"),
                                     Pair("iam:PermissionsBoundary", "?")));
    EXPECT_THAT(
        keys("iam", "CreateUser", R"({"UserName":"ada","PermissionsBoundary":"arn:aws:iam::aws:policy/P"})",
             "iam:CreateUser"),
        ElementsAre(Pair("iam:PermissionsBoundary", "arn:aws:iam::aws:policy/P")));
    EXPECT_THAT(keys("iam", "CreateUser", R"({"UserName":"ada"})", "iam:CreateUser"), IsEmpty());
    EXPECT_THAT(keys("iam", "CreateServiceLinkedRole", R"({"AWSServiceName":"es.amazonaws.com"})",
                     "iam:CreateServiceLinkedRole"),
                ElementsAre(Pair("iam:AWSServiceName", "es.amazonaws.com")));
    EXPECT_THAT(
        keys("iam", "CreateServiceSpecificCredential",
             R"({"UserName":"ada","ServiceName":"bedrock.amazonaws.com","CredentialAgeDays":30})",
             "iam:CreateServiceSpecificCredential"),
        UnorderedElementsAre(Pair("iam:ServiceSpecificCredentialServiceName", "bedrock.amazonaws.com"),
                             Pair("iam:ServiceSpecificCredentialAgeDays", "30")));
}

TEST(StsMapping, AssumingARole) {
    const std::string role = begin + "role/ops";
    EXPECT_THAT(demands("sts", "AssumeRole", R"({"RoleArn":")" + role + R"(","RoleSessionName":"s"})"),
                ElementsAre("sts:AssumeRole " + role));
    const std::string all = R"({"RoleArn":")" + role + R"(","RoleSessionName":"s","SourceIdentity":"ada",
        "ExternalId":"x","Tags":[{"Key":"k","Value":"v"}],"TransitiveTagKeys":["k"]})";
    EXPECT_THAT(
        demands("sts", "AssumeRole", all),
        ElementsAre("sts:AssumeRole " + role, "sts:SetSourceIdentity " + role, "sts:TagSession " + role));
    EXPECT_THAT(keys("sts", "AssumeRole", all, "sts:AssumeRole"),
                UnorderedElementsAre(Pair("sts:RoleSessionName", "s"), Pair("sts:SourceIdentity", "ada"),
                                     Pair("sts:ExternalId", "x"), Pair("sts:TransitiveTagKeys", "k"),
                                     Pair("aws:RequestTag/k", "v"), Pair("aws:TagKeys", "k")));
    EXPECT_TRUE(
        is_refused("sts", "AssumeRole", R"({"RoleArn":")" + begin + R"(user/ada","RoleSessionName":"s"})"));
    EXPECT_TRUE(is_refused("sts", "AssumeRole",
                           R"({"RoleArn":")" + role +
                               R"(","RoleSessionName":"s","ProvidedContexts":[{"ContextAssertion":"a"}]})"));
}

TEST(StsMapping, TheRootUserIsThatOfTheTarget) {
    EXPECT_THAT(
        demands("sts", "AssumeRoot",
                R"({"TargetPrincipal":"444455556666","TaskPolicyArn":{"arn":"arn:aws:iam::aws:policy/T"}})"),
        ElementsAre("sts:AssumeRoot arn:aws:iam::444455556666:root"));
    EXPECT_TRUE(is_refused("sts", "AssumeRoot", R"({"TargetPrincipal":"me"})"));
}

TEST(StsMapping, TheGatewayKeepsItsOwnCredentials) {
    EXPECT_TRUE(is_refused("sts", "GetSessionToken", "{}"));
    EXPECT_TRUE(is_refused("sts", "GetFederationToken", R"({"Name":"ada"})"));
    EXPECT_TRUE(is_refused("sts", "GetWebIdentityToken", R"({"Audience":["a"]})"));
    EXPECT_THAT(demands("sts", "GetCallerIdentity", "{}"), ElementsAre("sts:GetCallerIdentity *"));
}

}  // namespace
}  // namespace writ::gateway::testing
