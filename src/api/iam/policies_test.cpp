#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"
#include "base/text.h"

namespace writ::api {
namespace {

const std::string read_only = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const std::string missing = "arn:aws:iam::123456789012:policy/missing";
const std::string trust_account =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},)"
    R"("Action":"sts:AssumeRole"}})";

std::string make_policy(World& world, const std::string& name, const std::string& document = allow_all) {
    return world.make("CreatePolicy", {{"PolicyName", name}, {"PolicyDocument", document}})
        .text("Policy/Arn");
}

TEST(IamPolicies, AreCreatedReadAndDeleted) {
    World world;
    const Reply made = world.make(
        "CreatePolicy",
        {{"PolicyName", "p"}, {"Path", "/x/"}, {"PolicyDocument", allow_all}, {"Description", "All"}});
    const std::string arn = made.text("Policy/Arn");
    EXPECT_EQ(arn, "arn:aws:iam::123456789012:policy/x/p");
    EXPECT_EQ(made.text("Policy/DefaultVersionId"), "v1");
    const Reply got = world.make("GetPolicy", {{"PolicyArn", arn}});
    EXPECT_EQ(got.text("Policy/Description"), "All");
    EXPECT_EQ(got.text("Policy/AttachmentCount"), "0");
    EXPECT_EQ(got.text("Policy/IsAttachable"), "true");
    EXPECT_EQ(world.iam(world.root(), "CreatePolicy", {{"PolicyName", "P"}, {"PolicyDocument", allow_all}})
                  .summary(),
              "409 EntityAlreadyExists: A policy called P already exists. Duplicate names are not allowed.");
    EXPECT_EQ(
        world.iam(world.root(), "CreatePolicy", {{"PolicyName", "q"}, {"PolicyDocument", "{}"}}).summary(),
        "400 MalformedPolicyDocument: Syntax errors in policy.");
    world.make("DeletePolicy", {{"PolicyArn", arn}});
    EXPECT_EQ(world.iam(world.root(), "GetPolicy", {{"PolicyArn", arn}}).code(), "NoSuchEntity");
    EXPECT_EQ(world.iam(world.root(), "GetPolicy", {{"PolicyArn", "twenty-characters-but-no-arn"}}).summary(),
              "400 ValidationError: Invalid ARN:  Could not be parsed!");
    EXPECT_EQ(world.make("GetPolicy", {{"PolicyArn", read_only}}).text("Policy/PolicyName"),
              "ReadOnlyAccess");
}

TEST(IamPolicies, AreListedByScope) {
    World world;
    make_policy(world, "mine");
    EXPECT_EQ(world.make("ListPolicies", {{"Scope", "Local"}}).texts("Policies/member/PolicyName"),
              (std::vector<std::string>{"mine"}));
    const Reply aws = world.make("ListPolicies", {{"Scope", "AWS"}, {"MaxItems", "5"}});
    EXPECT_EQ(aws.texts("Policies/member").size(), 5U);
    EXPECT_EQ(aws.text("IsTruncated"), "true");
    EXPECT_EQ(world.iam(world.root(), "ListPolicies", {{"Scope", "Mine"}}).code(), "ValidationError");
    world.make("CreateUser", {{"UserName", "bob"}});
    world.make("AttachUserPolicy", {{"UserName", "bob"}, {"PolicyArn", read_only}});
    EXPECT_EQ(world.make("ListPolicies", {{"OnlyAttached", "true"}}).texts("Policies/member/Arn"),
              (std::vector<std::string>{read_only}));
}

TEST(IamPolicyVersions, AreCreatedReadChosenAndDeleted) {
    World world;
    const std::string arn = make_policy(world, "p");
    const Reply second =
        world.make("CreatePolicyVersion", {{"PolicyArn", arn}, {"PolicyDocument", allow("s3:*")}});
    EXPECT_EQ(second.text("PolicyVersion/VersionId"), "v2");
    EXPECT_EQ(second.text("PolicyVersion/IsDefaultVersion"), "false");
    EXPECT_FALSE(second.has("PolicyVersion/Document"));
    const Reply got = world.make("GetPolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v2"}});
    EXPECT_EQ(percent_decode(got.text("PolicyVersion/Document")), allow("s3:*"));

    EXPECT_EQ(
        world.iam(world.root(), "DeletePolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v1"}}).summary(),
        "409 DeleteConflict: Cannot delete the default version of a policy.");
    world.make("SetDefaultPolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v2"}});
    EXPECT_EQ(world.make("GetPolicy", {{"PolicyArn", arn}}).text("Policy/DefaultVersionId"), "v2");
    EXPECT_EQ(world.make("ListPolicyVersions", {{"PolicyArn", arn}}).texts("Versions/member/VersionId"),
              (std::vector<std::string>{"v2", "v1"}));
    world.make("DeletePolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v1"}});
    EXPECT_EQ(world.iam(world.root(), "GetPolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v1"}}).code(),
              "NoSuchEntity");
    for (int version = 3; version <= 6; ++version) {
        world.make("CreatePolicyVersion", {{"PolicyArn", arn}, {"PolicyDocument", allow_all}});
    }
    EXPECT_EQ(
        world.iam(world.root(), "CreatePolicyVersion", {{"PolicyArn", arn}, {"PolicyDocument", allow_all}})
            .summary(),
        "409 LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you "
        "must "
        "delete an existing version.");
}

TEST(IamPolicyVersions, ActAtOnceEverywhere) {  // Spec B22.
    World world;
    const Who bob = world.make_user("bob");
    const std::string arn = make_policy(world, "p", allow("iam:ListUsers"));
    world.make("AttachUserPolicy", {{"UserName", "bob"}, {"PolicyArn", arn}});
    EXPECT_EQ(world.iam(bob, "ListUsers").summary(), "200");
    world.make("CreatePolicyVersion",
               {{"PolicyArn", arn}, {"PolicyDocument", allow("iam:ListRoles")}, {"SetAsDefault", "true"}});
    EXPECT_EQ(world.iam(bob, "ListUsers").code(), "AccessDenied");
    EXPECT_EQ(world.iam(bob, "ListRoles").summary(), "200");
}

const std::string with_principal =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}})";

struct Kind {
    std::string name;
    std::pair<std::string, std::string> owner;
};
const std::vector<Kind> kinds{
    {"User", {"UserName", "bob"}}, {"Group", {"GroupName", "ops"}}, {"Role", {"RoleName", "run"}}};

void make_owners(World& world) {
    world.make("CreateUser", {{"UserName", "bob"}});
    world.make("CreateGroup", {{"GroupName", "ops"}});
    world.make("CreateRole", {{"RoleName", "run"}, {"AssumeRolePolicyDocument", trust_account}});
}

TEST(IamAttachments, AreMadeListedAndRemoved) {
    World world;
    make_owners(world);
    const std::string arn = make_policy(world, "p");
    for (const Kind& kind : kinds) {
        SCOPED_TRACE(kind.name);
        const Parameters one{kind.owner, {"PolicyArn", arn}};
        world.make("Attach" + kind.name + "Policy", one);
        world.make("Attach" + kind.name + "Policy", one);  // Again: no error (B22).
        const Reply listed = world.make("ListAttached" + kind.name + "Policies", {kind.owner});
        EXPECT_EQ(listed.text("AttachedPolicies/member/PolicyName"), "p");
        EXPECT_EQ(listed.text("AttachedPolicies/member/PolicyArn"), arn);
        EXPECT_EQ(
            world.iam(world.root(), "Attach" + kind.name + "Policy", {kind.owner, {"PolicyArn", missing}})
                .code(),
            "NoSuchEntity");
    }
    EXPECT_EQ(world.make("GetPolicy", {{"PolicyArn", arn}}).text("Policy/AttachmentCount"), "3");
    EXPECT_EQ(world.iam(world.root(), "DeletePolicy", {{"PolicyArn", arn}}).summary(),
              "409 DeleteConflict: Cannot delete a policy attached to entities.");
    const Reply entities = world.make("ListEntitiesForPolicy", {{"PolicyArn", arn}});
    EXPECT_EQ(entities.text("PolicyUsers/member/UserName"), "bob");
    EXPECT_EQ(entities.text("PolicyGroups/member/GroupName"), "ops");
    EXPECT_EQ(entities.text("PolicyRoles/member/RoleName"), "run");
    const Reply roles = world.make("ListEntitiesForPolicy", {{"PolicyArn", arn}, {"EntityFilter", "Role"}});
    EXPECT_EQ(roles.texts("PolicyRoles/member").size(), 1U);
    EXPECT_EQ(roles.texts("PolicyUsers/member").size(), 0U);
    for (const Kind& kind : kinds) {
        const Parameters one{kind.owner, {"PolicyArn", arn}};
        world.make("Detach" + kind.name + "Policy", one);
        EXPECT_EQ(world.iam(world.root(), "Detach" + kind.name + "Policy", one).code(), "NoSuchEntity");
    }
    world.make("DeletePolicy", {{"PolicyArn", arn}});
}

TEST(IamInlinePolicies, ArePutReadListedAndDeleted) {
    World world;
    make_owners(world);
    for (const Kind& kind : kinds) {
        SCOPED_TRACE(kind.name);
        const std::string document =
            "{ \"Version\": \"2012-10-17\",\n \"Statement\": [{\"Effect\":\"Allow\","
            "\"Action\":\"s3:*\",\"Resource\":\"*\"}] }";
        world.make("Put" + kind.name + "Policy",
                   {kind.owner, {"PolicyName", "One"}, {"PolicyDocument", document}});
        const Reply got = world.make("Get" + kind.name + "Policy", {kind.owner, {"PolicyName", "one"}});
        EXPECT_EQ(got.text("Get" + kind.name + "PolicyResult/" + kind.owner.first), kind.owner.second);
        EXPECT_EQ(got.text("PolicyName"), "one");  // As requested (B3).
        EXPECT_EQ(percent_decode(got.text("PolicyDocument")), document);
        EXPECT_EQ(world.make("List" + kind.name + "Policies", {kind.owner}).texts("PolicyNames/member"),
                  (std::vector<std::string>{"One"}));
        EXPECT_EQ(world
                      .iam(world.root(), "Put" + kind.name + "Policy",
                           {kind.owner, {"PolicyName", "two"}, {"PolicyDocument", with_principal}})
                      .summary(),
                  "400 MalformedPolicyDocument: Policy document should not specify a principal.");
        world.make("Delete" + kind.name + "Policy", {kind.owner, {"PolicyName", "One"}});
        EXPECT_EQ(
            world.iam(world.root(), "Delete" + kind.name + "Policy", {kind.owner, {"PolicyName", "One"}})
                .code(),
            "NoSuchEntity");
        EXPECT_EQ(
            world.iam(world.root(), "Get" + kind.name + "Policy", {kind.owner, {"PolicyName", "One"}}).code(),
            "NoSuchEntity");
    }
}

}  // namespace
}  // namespace writ::api
