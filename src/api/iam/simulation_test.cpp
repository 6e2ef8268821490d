#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

using Texts = std::vector<std::string>;

const std::string read_s3 = allow("s3:GetObject", "arn:aws:s3:::shop/*");
const std::string account_arn = "arn:aws:iam::123456789012:";

std::string resource_policy(std::string_view effect, std::string_view principal) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":")" + std::string(effect) +
           R"(","Principal":{"AWS":")" + std::string(principal) +
           R"("},"Action":"s3:GetObject","Resource":"arn:aws:s3:::shop/*"}})";
}

Reply simulate(World& world, Parameters parameters) {
    return world.iam(world.root(), "SimulateCustomPolicy", std::move(parameters));
}

Parameters one(const std::string& policy, const std::string& action) {
    return {{"PolicyInputList.member.1", policy}, {"ActionNames.member.1", action}};
}

Parameters with(Parameters parameters, const Parameters& more) {
    parameters.insert(parameters.end(), more.begin(), more.end());
    return parameters;
}

TEST(Simulation, AnswersOnceForEachActionWhateverTheResources) {
    World world;
    const Reply reply = simulate(
        world, with(one(read_s3, "s3:GetObject"), {{"ActionNames.member.2", "s3:PutObject"},
                                                   {"ResourceArns.member.1", "arn:aws:s3:::shop/a"},
                                                   {"ResourceArns.member.2", "arn:aws:s3:::other/a"}}));
    ASSERT_EQ(reply.summary(), "200");
    EXPECT_EQ(reply.texts("EvaluationResults/member/EvalActionName"),
              (Texts{"s3:GetObject", "s3:PutObject"}));
    EXPECT_EQ(reply.texts("EvaluationResults/member/EvalDecision"), (Texts{"implicitDeny", "implicitDeny"}));
    EXPECT_EQ(reply.texts("ResourceSpecificResults/member/EvalResourceName"),
              (Texts{"arn:aws:s3:::shop/a", "arn:aws:s3:::other/a", "arn:aws:s3:::shop/a",
                     "arn:aws:s3:::other/a"}));
    EXPECT_EQ(reply.texts("ResourceSpecificResults/member/EvalResourceDecision"),
              (Texts{"allowed", "implicitDeny", "implicitDeny", "implicitDeny"}));
    // The pattern of the resource type, not one of the resources.
    EXPECT_TRUE(
        reply.text("EvaluationResults/member[1]/EvalResourceName").starts_with("arn:${Partition}:s3"));
}

TEST(Simulation, TellsWhereTheStatementsStand) {
    World world;
    const std::string policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":"
        "\"*\"},\n"
        "  {\"Effect\":\"Deny\",\"Action\":\"s3:PutObject\",\"Resource\":\"*\"}]}";
    const Reply allowed = simulate(world, one(policy, "s3:GetObject"));
    EXPECT_EQ(allowed.text("EvalDecision"), "allowed");
    EXPECT_EQ(allowed.texts("SourcePolicyId"), (Texts{"PolicyInputList.1"}));
    EXPECT_EQ(allowed.text("SourcePolicyType"), "IAM Policy");  // Spec B35.
    EXPECT_EQ(allowed.text("StartPosition/Line"), "1");
    EXPECT_EQ(allowed.text("StartPosition/Column"), "38");
    EXPECT_EQ(allowed.text("EndPosition/Line"), "1");
    const Reply denied = simulate(world, one(policy, "s3:PutObject"));
    EXPECT_EQ(denied.text("EvalDecision"), "explicitDeny");
    EXPECT_EQ(denied.texts("StartPosition/Line"), (Texts{"2"}));  // The Deny alone.
    EXPECT_EQ(denied.text("StartPosition/Column"), "3");
    EXPECT_EQ(denied.text("EndPosition/Column"), "59");  // Behind the brace: 2 blanks, 56 characters.
    const Reply silent = simulate(world, one(policy, "ec2:RunInstances"));
    EXPECT_EQ(silent.text("EvalDecision"), "implicitDeny");
    EXPECT_FALSE(silent.has("SourcePolicyId"));
}

TEST(Simulation, TakesContextAndTellsWhatIsMissing) {
    World world;
    const std::string policy =
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{)"
        R"("ForAnyValue:StringEquals":{"aws:TagKeys":"team"},"NumericLessThan":{"s3:max-keys":"10"}}}})";
    const Reply without = simulate(world, one(policy, "s3:ListBucket"));
    EXPECT_EQ(without.text("EvalDecision"), "implicitDeny");
    EXPECT_EQ(without.texts("MissingContextValues/member"), (Texts{"aws:TagKeys", "s3:max-keys"}));
    const Parameters context{{"ContextEntries.member.1.ContextKeyName", "aws:TagKeys"},
                             {"ContextEntries.member.1.ContextKeyType", "stringList"},
                             {"ContextEntries.member.1.ContextKeyValues.member.1", "cost"},
                             {"ContextEntries.member.1.ContextKeyValues.member.2", "team"},
                             {"ContextEntries.member.2.ContextKeyName", "s3:max-keys"},
                             {"ContextEntries.member.2.ContextKeyType", "numeric"},
                             {"ContextEntries.member.2.ContextKeyValues.member.1", "9"}};
    const Reply full = simulate(world, with(one(policy, "s3:ListBucket"), context));
    EXPECT_EQ(full.text("EvalDecision"), "allowed");
    EXPECT_EQ(full.texts("MissingContextValues/member"), Texts{});
}

TEST(Simulation, HasBoundariesAndOrganizations) {
    World world;
    const Parameters question = one(allow_all, "s3:GetObject");
    const Reply bound =
        simulate(world, with(question, {{"PermissionsBoundaryPolicyInputList.member.1", allow("ec2:*")}}));
    EXPECT_EQ(bound.text("EvalDecision"), "implicitDeny");
    EXPECT_EQ(bound.text("AllowedByPermissionsBoundary"), "false");
    EXPECT_FALSE(bound.has("OrganizationsDecisionDetail"));
    const std::string level = "OrderedOrganizationPolicyInputList.member.";
    const std::string scp = ".ServiceControlPolicyInputList.member.1";
    const Reply stopped = simulate(
        world, with(question, {{level + "1" + scp, allow_all}, {level + "2" + scp, allow("ec2:*")}}));
    EXPECT_EQ(stopped.text("EvalDecision"), "implicitDeny");
    EXPECT_EQ(stopped.text("AllowedByOrganizations"), "false");
    const Reply open =
        simulate(world, with(question, {{level + "1" + scp, allow_all}, {level + "2" + scp, allow("s3:*")}}));
    EXPECT_EQ(open.text("EvalDecision"), "allowed");
    EXPECT_EQ(open.text("AllowedByOrganizations"), "true");
    EXPECT_EQ(open.texts("SourcePolicyType"), (Texts{"IAM Policy"}));  // SCPs are not named.
    EXPECT_EQ(simulate(world, with(question, {{"PermissionsBoundaryPolicyInputList.member.1", allow_all},
                                              {"PermissionsBoundaryPolicyInputList.member.2", allow_all}}))
                  .code(),
              "InvalidInput");
}

TEST(Simulation, AsksBothSidesAcrossAccounts) {
    World world;
    const Parameters question =
        with(one(read_s3, "s3:GetObject"), {{"ResourceArns.member.1", "arn:aws:s3:::shop/a"},
                                            {"CallerArn", account_arn + "user/bob"},
                                            {"ResourceOwner", "210987654321"}});
    const Reply refused = simulate(world, question);
    EXPECT_EQ(refused.text("EvalDecision"), "implicitDeny");
    EXPECT_EQ(refused.texts("EvaluationResults/member/EvalDecisionDetails/entry/key"),
              (Texts{"IAM Policy", "Resource Policy"}));
    EXPECT_EQ(refused.texts("EvaluationResults/member/EvalDecisionDetails/entry/value"),
              (Texts{"allowed", "implicitDeny"}));
    const Reply granted = simulate(
        world, with(question, {{"ResourcePolicy", resource_policy("Allow", account_arn + "user/bob")}}));
    EXPECT_EQ(granted.text("EvalDecision"), "allowed");
    EXPECT_EQ(granted.texts("EvaluationResults/member/MatchedStatements/member/SourcePolicyType"),
              (Texts{"IAM Policy", "Resource Policy"}));
    const Reply denied =
        simulate(world, with(question, {{"ResourcePolicy", resource_policy("Deny", "123456789012")}}));
    EXPECT_EQ(denied.text("EvalDecision"), "explicitDeny");
    EXPECT_EQ(simulate(world, with(one(read_s3, "s3:GetObject"),
                                   {{"ResourcePolicy", resource_policy("Deny", "123456789012")}}))
                  .code(),
              "InvalidInput");  // Without CallerArn (spec B34).
}

TEST(Simulation, LeavesRolesToIdentityPolicies) {
    World world;
    const Reply reply = simulate(world, with(one(allow("sts:AssumeRole"), "sts:AssumeRole"),
                                             {{"ResourceArns.member.1", account_arn + "role/ops"}}));
    EXPECT_EQ(reply.text("EvalDecision"), "allowed");  // No trust policies (spec B36).
    EXPECT_EQ(reply.texts("EvaluationResults/member/MatchedStatements/member/SourcePolicyType"),
              (Texts{"IAM Policy"}));
}

TEST(Simulation, OfAPrincipalHasAllItsPolicies) {
    World world;
    world.make("CreateUser", {{"UserName", "bob"}});
    world.make("CreateGroup", {{"GroupName", "devs"}});
    world.make("AddUserToGroup", {{"GroupName", "devs"}, {"UserName", "bob"}});
    world.make("PutGroupPolicy",
               {{"GroupName", "devs"}, {"PolicyName", "g"}, {"PolicyDocument", allow("s3:GetObject")}});
    world.set_policy("bob", allow("s3:PutObject"));
    world.make("AttachUserPolicy",
               {{"UserName", "bob"}, {"PolicyArn", "arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess"}});
    const Parameters question{{"PolicySourceArn", account_arn + "user/bob"},
                              {"ActionNames.member.1", "s3:GetObject"},
                              {"ActionNames.member.2", "s3:PutObject"},
                              {"ActionNames.member.3", "ec2:DescribeInstances"},
                              {"ActionNames.member.4", "sqs:SendMessage"}};
    const Reply reply = world.iam(world.root(), "SimulatePrincipalPolicy", question);
    EXPECT_EQ(reply.texts("EvalDecision"), (Texts{"allowed", "allowed", "allowed", "implicitDeny"}));
    EXPECT_EQ(reply.texts("SourcePolicyId"),
              (Texts{"group_devs_g", "user_bob_p", "AmazonEC2ReadOnlyAccess"}));
    const Reply added = world.iam(world.root(), "SimulatePrincipalPolicy",
                                  with(question, {{"PolicyInputList.member.1", allow("sqs:SendMessage")}}));
    EXPECT_EQ(added.texts("EvalDecision")[3], "allowed");
    EXPECT_EQ(added.texts("SourcePolicyId")[3], "PolicyInputList.1");
    const Reply group = world.iam(
        world.root(), "SimulatePrincipalPolicy",
        {{"PolicySourceArn", account_arn + "group/devs"}, {"ActionNames.member.1", "s3:GetObject"}});
    EXPECT_EQ(group.texts("EvalDecision"), (Texts{"allowed"}));
}

TEST(Simulation, LeavesExcludedPoliciesOut) {
    World world;
    world.make_user("bob", allow("s3:GetObject"));
    world.make("AttachUserPolicy",
               {{"UserName", "bob"}, {"PolicyArn", "arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess"}});
    world.make("PutUserPermissionsBoundary",
               {{"UserName", "bob"}, {"PermissionsBoundary", "arn:aws:iam::aws:policy/ReadOnlyAccess"}});
    const auto decisions = [&](const Parameters& exclusion) {
        return world.iam(world.root(), "SimulatePrincipalPolicy",
                         with({{"PolicySourceArn", account_arn + "user/bob"},
                               {"ActionNames.member.1", "s3:GetObject"},
                               {"ActionNames.member.2", "ec2:DescribeInstances"}},
                              exclusion));
    };
    const std::string first = "PolicyExclusionList.member.1.";
    const Texts all{"allowed", "allowed"};
    EXPECT_EQ(decisions({}).texts("EvalDecision"), all);
    EXPECT_EQ(decisions({{first + "PolicyType", "inline"}}).texts("EvalDecision"),
              (Texts{"implicitDeny", "allowed"}));
    EXPECT_EQ(decisions({{first + "PolicyType", "aws-managed"}}).texts("EvalDecision"),
              (Texts{"allowed", "implicitDeny"}));
    EXPECT_EQ(decisions({{first + "PolicyType", "rcp"}}).texts("EvalDecision"), all);
    EXPECT_FALSE(
        decisions({{first + "PolicyType", "permission-boundary"}}).has("PermissionsBoundaryDecisionDetail"));
    EXPECT_EQ(
        decisions({{first + "PolicyArn", "arn:aws:iam::aws:policy/AmazonEC2*Acces?"}}).texts("EvalDecision"),
        (Texts{"allowed", "implicitDeny"}));
    EXPECT_EQ(decisions({{first + "PolicyArn", "arn:aws:iam::*:policy/AmazonEC2*"}}).code(), "InvalidInput");
    EXPECT_EQ(decisions({{first + "PolicyArn", "arn:aws:iam::aws:policy/*EC2*"}}).code(), "InvalidInput");
    const std::string in = first + "InlinePolicyIdentifier.";
    EXPECT_EQ(
        decisions({{in + "PolicyName", "p"}, {in + "AttachmentType", "user"}, {in + "AttachmentName", "bob"}})
            .texts("EvalDecision"),
        (Texts{"implicitDeny", "allowed"}));
    EXPECT_EQ(
        decisions(
            {{in + "PolicyName", "p"}, {in + "AttachmentType", "group"}, {in + "AttachmentName", "bob"}})
            .texts("EvalDecision"),
        all);
}

TEST(Simulation, RefusesWhatCannotBeSimulated) {
    World world;
    EXPECT_EQ(simulate(world, one("{", "s3:GetObject")).code(), "InvalidInput");
    EXPECT_EQ(simulate(world, one(allow_all, "GetObject")).code(), "InvalidInput");
    EXPECT_EQ(
        simulate(world, with(one(allow_all, "s3:GetObject"), {{"ResourceArns.member.1", "shop"}})).code(),
        "InvalidInput");
    EXPECT_EQ(
        simulate(world, with(one(allow_all, "ec2:RunInstances"),
                             {{"ResourceHandlingOption", "EC2-VPC-EBS"},
                              {"ResourceArns.member.1", "arn:aws:ec2:us-east-1:123456789012:instance/*"}}))
            .code(),
        "InvalidInput");
    EXPECT_EQ(simulate(world, {{"PolicyInputList.member.1", allow_all}}).code(), "ValidationError");
    const auto source = [&](const std::string& arn) {
        return world
            .iam(world.root(), "SimulatePrincipalPolicy",
                 {{"PolicySourceArn", arn}, {"ActionNames.member.1", "s3:GetObject"}})
            .summary();
    };
    EXPECT_EQ(source(account_arn + "user/eve"), "404 NoSuchEntity: The user with name eve cannot be found.");
    EXPECT_EQ(source("arn:aws:sts::123456789012:assumed-role/ops/s"),
              "400 InvalidInput: Invalid Entity Arn: arn:aws:sts::123456789012:assumed-role/ops/s does not "
              "clearly define entity type and name.");
}

TEST(Simulation, IsAuthorizedOnTheSource) {
    World world;
    const Who bob = world.make_user("bob", allow("iam:SimulatePrincipalPolicy", account_arn + "user/bob"));
    world.make("CreateUser", {{"UserName", "eve"}});
    const auto ask = [&](const std::string& name) {
        return world
            .iam(
                bob, "SimulatePrincipalPolicy",
                {{"PolicySourceArn", account_arn + "user/" + name}, {"ActionNames.member.1", "s3:GetObject"}})
            .summary();
    };
    EXPECT_EQ(ask("bob"), "200");
    EXPECT_TRUE(ask("eve").starts_with("403 AccessDenied"));
    EXPECT_TRUE(ask("nobody").starts_with("403 AccessDenied"));  // Spec B7.
}

TEST(Simulation, PagesCountActions) {
    World world;
    const Parameters question =
        with(one(allow_all, "s3:GetObject"),
             {{"ActionNames.member.2", "s3:PutObject"}, {"ActionNames.member.3", "ec2:RunInstances"}});
    const Reply first = simulate(world, with(question, {{"MaxItems", "2"}}));
    EXPECT_EQ(first.texts("EvalActionName"), (Texts{"s3:GetObject", "s3:PutObject"}));
    EXPECT_EQ(first.text("IsTruncated"), "true");
    const Reply second =
        simulate(world, with(question, {{"MaxItems", "2"}, {"Marker", first.text("Marker")}}));
    EXPECT_EQ(second.texts("EvalActionName"), (Texts{"ec2:RunInstances"}));
    EXPECT_EQ(second.text("IsTruncated"), "false");
    EXPECT_FALSE(second.has("Marker"));
    EXPECT_EQ(
        simulate(world, with(one(allow_all, "s3:GetObject"), {{"Marker", first.text("Marker")}})).summary(),
        "400 ValidationError: Invalid Marker.");
}

TEST(ContextKeys, AreListedForDocumentsAndPrincipals) {
    World world;
    const std::string policy =
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*",)"
        R"("Resource":"arn:aws:s3:::${aws:username}/*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}})";
    EXPECT_EQ(world.iam(world.root(), "GetContextKeysForCustomPolicy", {{"PolicyInputList.member.1", policy}})
                  .texts("ContextKeyNames/member"),
              (Texts{"aws:username", "aws:SecureTransport"}));
    EXPECT_EQ(
        world.iam(world.root(), "GetContextKeysForCustomPolicy", {{"PolicyInputList.member.1", "{"}}).code(),
        "InvalidInput");
    world.make_user("bob", policy);
    EXPECT_EQ(world
                  .iam(world.root(), "GetContextKeysForPrincipalPolicy",
                       {{"PolicySourceArn", account_arn + "user/bob"}})
                  .texts("ContextKeyNames/member"),
              (Texts{"aws:username", "aws:SecureTransport"}));
    EXPECT_EQ(world
                  .iam(world.root(), "GetContextKeysForPrincipalPolicy",
                       {{"PolicySourceArn", account_arn + "role/r"}})
                  .code(),
              "NoSuchEntity");
}

}  // namespace
}  // namespace writ::api
