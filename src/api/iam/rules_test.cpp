#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

/// Rules of spec 8 at their edges, as rows: a call of the root user and what it answers.
namespace writ::api {
namespace {

struct Row {
    std::string_view rule;
    std::string_view action;
    Parameters parameters;
    std::string_view result;  ///< "200", or the code.
};

const std::string trust_account =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},)"
    R"("Action":"sts:AssumeRole"}})";
const std::string read_only = "arn:aws:iam::aws:policy/ReadOnlyAccess";

Parameters tagged(std::string_view name, std::string_view key) {
    return {{"UserName", std::string(name)},
            {"Tags.member.1.Key", std::string(key)},
            {"Tags.member.1.Value", "1"}};
}

const std::vector<Row> rows{
    {"8.1", "CreateUser", {{"UserName", std::string(64, 'u')}}, "200"},
    {"8.1", "CreateUser", {{"UserName", std::string(65, 'u')}}, "ValidationError"},
    {"8.1", "GetUser", {{"UserName", std::string(128, 'u')}}, "NoSuchEntity"},  // Look-ups accept 128.
    {"8.1", "GetUser", {{"UserName", std::string(129, 'u')}}, "ValidationError"},
    {"B1", "CreateUser", {{"UserName", "p1"}, {"Path", "/a//b/"}}, "200"},
    {"B1", "CreateUser", {{"UserName", "p2"}, {"Path", "a/"}}, "ValidationError"},
    {"B1", "CreateUser", {{"UserName", "p3"}, {"Path", "//"}}, "ValidationError"},
    {"B1", "CreateUser", {{"UserName", "p4"}, {"Path", "/\xC3\xA4/"}}, "ValidationError"},
    {"B6",
     "CreateRole",
     {{"RoleName", "r1"}, {"AssumeRolePolicyDocument", trust_account}, {"MaxSessionDuration", "3599"}},
     "ParamValidation"},
    {"B6",
     "CreateRole",
     {{"RoleName", "r1"}, {"AssumeRolePolicyDocument", trust_account}, {"MaxSessionDuration", "43201"}},
     "ValidationError"},
    {"B6",
     "CreateRole",
     {{"RoleName", "r1"}, {"AssumeRolePolicyDocument", trust_account}, {"MaxSessionDuration", "43200"}},
     "200"},
    {"8.4", "ListUsers", {{"MaxItems", "1000"}}, "200"},
    {"8.4", "ListUsers", {{"MaxItems", "1001"}}, "ValidationError"},
    {"8.5", "TagUser", tagged("bob", "team"), "200"},
    {"8.5", "TagUser", tagged("bob", " "), "ValidationError"},
    {"8.5", "TagUser", tagged("bob", "Aws:team"), "InvalidInput"},
    {"8.5", "TagUser", {{"UserName", "bob"}, {"Tags", ""}}, "InvalidInput"},
    {"8.5", "UntagUser", {{"UserName", "bob"}, {"TagKeys", ""}}, "200"},
    {"8.7",
     "UpdateAccessKey",
     {{"AccessKeyId", "AKIAROOTROOTROOTROOT"}, {"Status", "Expired"}},
     "InvalidInput"},
    {"8.7",
     "UpdateAccessKey",
     {{"AccessKeyId", "AKIAROOTROOTROOTROOT"}, {"Status", "Gone"}},
     "ValidationError"},
    {"8.7",
     "DeleteAccessKey",
     {{"UserName", "bob"}, {"AccessKeyId", "AKIAROOTROOTROOTROOT"}},
     "NoSuchEntity"},
    {"B22", "DetachUserPolicy", {{"UserName", "bob"}, {"PolicyArn", read_only}}, "NoSuchEntity"},
    {"B22", "DeleteUserPermissionsBoundary", {{"UserName", "bob"}}, "NoSuchEntity"},
    {"B22",
     "AttachUserPolicy",
     {{"UserName", "bob"},
      {"PolicyArn", "arn:aws:iam::aws:policy/aws-service-role/AWSOrganizationsServiceTrustPolicy"}},
     "PolicyNotAttachable"},
    {"B23", "PutUserPermissionsBoundary", {{"UserName", "bob"}, {"PermissionsBoundary", read_only}}, "200"},
    {"V2",
     "CreatePolicy",
     {{"PolicyName", "old"},
      {"PolicyDocument",
       R"({"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})"}},
     "MalformedPolicyDocument"},
    {"E12", "CreatePolicyVersion", {{"PolicyArn", read_only}, {"PolicyDocument", allow_all}}, "AccessDenied"},
    {"E12",
     "CreateRole",
     {{"RoleName", "r2"}, {"Path", "/aws-reserved/x/"}, {"AssumeRolePolicyDocument", trust_account}},
     "AccessDenied"},
    {"8.3", "DeleteUserPolicy", {{"UserName", "bob"}, {"PolicyName", "none"}}, "NoSuchEntity"},
    {"8.3", "GetPolicyVersion", {{"PolicyArn", read_only}, {"VersionId", "v0"}}, "ValidationError"},
};

TEST(IamRules, HoldAtTheirEdges) {
    World world;
    world.make("CreateUser", {{"UserName", "bob"}});
    for (const Row& row : rows) {
        const Reply reply = world.iam(world.root(), row.action, row.parameters);
        EXPECT_EQ(reply.ok() ? "200" : reply.code(), row.result)
            << row.rule << " " << row.action << ": " << reply.message();
    }
}

}  // namespace
}  // namespace writ::api
