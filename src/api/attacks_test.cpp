#include <atomic>
#include <gtest/gtest.h>
#include <thread>

#include "api/internal/world_for_tests.h"

// What somebody with a foot in the door would try. Each test is one way in, and shows that it is shut.
namespace writ::api {
namespace {

std::string statements(const std::string& list) {
    return R"({"Version":"2012-10-17","Statement":[)" + list + "]}";
}

std::string allow_but_deny(std::string_view action, const std::string& operator_name, const std::string& key,
                           const std::string& value) {
    const std::string of_action = R"("Action":")" + std::string(action) + R"(","Resource":"*")";
    return statements(R"({"Effect":"Allow",)" + of_action + R"(},{"Effect":"Deny",)" + of_action +
                      R"(,"Condition":{")" + operator_name + R"(":{")" + key + R"(":")" + value + R"("}}})");
}

const std::string trust_account =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["sts:AssumeRole","sts:TagSession"],)"
    R"("Principal":{"AWS":"123456789012"}}})";

std::string policy_arn(const std::string& name) {
    return "arn:aws:iam::123456789012:policy/" + name;
}

void make_policy(World& world, const std::string& name, const std::string& document) {
    world.make("CreatePolicy", {{"PolicyName", name}, {"PolicyDocument", document}});
}

HttpRequest signed_request(World& world, const Who& who, const Parameters& parameters) {
    HttpRequest request = World::request(parameters);
    crypto::sign(request, who.credentials(), "us-east-1", "sts", world.clock().now());
    return request;
}

const Parameters who_am_i{{"Action", "GetCallerIdentity"}, {"Version", "2011-06-15"}};

// --- Conditions and names -------------------------------------------------------------------------------

TEST(Attacks, AnotherSpellingOfAPolicyArnIsNoWayAroundADenial) {
    World world;
    make_policy(world, "Admin", allow_all);
    const Who bob = world.make_user(
        "bob", allow_but_deny("iam:AttachUserPolicy", "ArnEquals", "iam:PolicyARN", policy_arn("Admin")));
    for (const std::string name : {"Admin", "ADMIN", "admin", "/Admin", "x/../Admin"}) {
        EXPECT_FALSE(
            world.iam(bob, "AttachUserPolicy", {{"UserName", "bob"}, {"PolicyArn", policy_arn(name)}}).ok())
            << name;
    }
    const Reply attached = world.make("ListAttachedUserPolicies", {{"UserName", "bob"}});
    EXPECT_TRUE(attached.texts("PolicyArn").empty());
}

TEST(Attacks, AnotherSpellingOfABoundaryIsNoWayAroundADenial) {
    World world;
    make_policy(world, "Weak", allow_all);
    for (const std::string action : {"iam:PutUserPermissionsBoundary", "iam:CreateUser"}) {
        const Who bob = world.make_user(
            "bob-" + action.substr(4),
            allow_but_deny(action, "StringEquals", "iam:PermissionsBoundary", policy_arn("Weak")));
        for (const std::string name : {"Weak", "WEAK"}) {
            const Reply reply =
                world.iam(bob, action.substr(4),
                          {{"UserName", action == "iam:CreateUser" ? "new" : "bob-" + action.substr(4)},
                           {"PermissionsBoundary", policy_arn(name)}});
            EXPECT_FALSE(reply.ok()) << action << name;
        }
    }
}

TEST(Attacks, AnotherSpellingOfAUserNameIsNoWayAroundADenial) {
    World world;
    world.make("CreateUser", {{"UserName", "Admin"}, {"Path", "/it/"}});
    const Who bob = world.make_user(
        "bob",
        statements(
            R"({"Effect":"Allow","Action":"iam:*","Resource":"*"},)"
            R"({"Effect":"Deny","Action":"iam:*","Resource":"arn:aws:iam::123456789012:user/it/Admin"})"));
    for (const std::string name : {"Admin", "ADMIN", "admin"}) {
        EXPECT_EQ(world.iam(bob, "CreateAccessKey", {{"UserName", name}}).code(), "AccessDenied") << name;
        EXPECT_EQ(world.iam(bob, "DeleteUser", {{"UserName", name}}).code(), "AccessDenied") << name;
    }
}

TEST(Attacks, RenamingIsNoWayOutOfADenialNorIntoAPermission) {
    World world;
    world.make("CreateUser", {{"UserName", "dev1"}, {"Path", "/dev/"}});
    world.make("CreateUser", {{"UserName", "boss"}, {"Path", "/prod/"}});
    const Who bob = world.make_user("bob", allow("iam:UpdateUser", "arn:aws:iam::123456789012:user/dev/*"));
    EXPECT_EQ(world.iam(bob, "UpdateUser", {{"UserName", "dev1"}, {"NewPath", "/prod/"}}).code(),
              "AccessDenied");
    EXPECT_EQ(world.iam(bob, "UpdateUser", {{"UserName", "boss"}, {"NewPath", "/dev/"}}).code(),
              "AccessDenied");
    EXPECT_TRUE(world.iam(bob, "UpdateUser", {{"UserName", "dev1"}, {"NewUserName", "dev2"}}).ok());
}

TEST(Attacks, CreatingWithTagsNeedsThePermissionToTag) {
    World world;
    const Who bob = world.make_user(
        "bob",
        statements(R"({"Effect":"Allow","Action":["iam:CreateUser","iam:CreateRole","iam:CreatePolicy"],)"
                   R"("Resource":"*"})"));
    const auto with_tag = [](Parameters parameters) {
        parameters.emplace_back("Tags.member.1.Key", "team");
        parameters.emplace_back("Tags.member.1.Value", "admin");
        return parameters;
    };
    const Parameters user{{"UserName", "u"}};
    const Parameters role{{"RoleName", "r"}, {"AssumeRolePolicyDocument", trust_account}};
    const Parameters policy{{"PolicyName", "p"}, {"PolicyDocument", allow_all}};
    const Reply no_role = world.iam(bob, "CreateRole", with_tag(role));
    EXPECT_EQ(no_role.code(), "AccessDenied");
    EXPECT_NE(no_role.message().find("perform: iam:TagRole on resource: arn:aws:iam::123456789012:role/r"),
              std::string::npos);
    EXPECT_EQ(world.iam(bob, "CreateUser", with_tag(user)).code(), "AccessDenied");
    EXPECT_EQ(world.iam(bob, "CreatePolicy", with_tag(policy)).code(), "AccessDenied");
    EXPECT_TRUE(world.iam(bob, "CreateUser", user).ok());
    EXPECT_TRUE(world.iam(bob, "CreateRole", role).ok());
    EXPECT_TRUE(world.iam(bob, "CreatePolicy", policy).ok());
}

TEST(Attacks, NobodyGivesHimselfContextKeys) {
    World world;
    const Who bob = world.make_user(
        "bob", statements(R"({"Effect":"Allow","Action":"iam:GetUser","Resource":"*","Condition":)"
                          R"({"StringEquals":{"aws:PrincipalTag/team":"red"}}},)"
                          R"({"Effect":"Allow","Action":"iam:GetUser","Resource":"*","Condition":)"
                          R"({"Bool":{"aws:MultiFactorAuthPresent":"true"}}},)"
                          R"({"Effect":"Allow","Action":"iam:GetUser","Resource":"*","Condition":)"
                          R"({"StringEquals":{"aws:RequestTag/team":"red"}}})"));
    HttpRequest request = World::request({{"Action", "GetUser"},
                                          {"Version", "2010-05-08"},
                                          {"UserName", "bob"},
                                          {"aws:PrincipalTag/team", "red"},
                                          {"aws:MultiFactorAuthPresent", "true"},
                                          {"Tags.member.1.Key", "team"},
                                          {"Tags.member.1.Value", "red"}});
    for (const char* name : {"aws:PrincipalTag/team", "x-amz-principal-tag-team"}) {
        request.headers.emplace_back(name, "red");
    }
    crypto::sign(request, bob.credentials(), "us-east-1", "iam", world.clock().now());
    EXPECT_EQ(world.send(request).code(), "AccessDenied");
}

TEST(Attacks, AbsenceIsNotToldToWhoMayNotAsk) {  // B7
    World world;
    const Who bob = world.make_user("bob", allow("iam:ListUsers"));
    world.make("CreateUser", {{"UserName", "ada"}});
    const Reply present = world.iam(bob, "GetUser", {{"UserName", "ada"}});
    const Reply absent = world.iam(bob, "GetUser", {{"UserName", "eva"}});
    std::string expected = present.message();
    for (std::size_t at = 0; (at = expected.find("user ada", at)) != std::string::npos;) {
        expected.replace(at, 8, "user eva");
    }
    EXPECT_EQ(present.code(), "AccessDenied");
    EXPECT_EQ(absent.code(), "AccessDenied");
    EXPECT_EQ(absent.message(), expected);
    world.make(
        "CreateRole",
        {{"RoleName", "ops"},
         {"AssumeRolePolicyDocument",
          R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"sts:AssumeRole","Principal":"*"}})"}});
    const auto assume = [&](const std::string& role) {
        return world.sts(bob, "AssumeRole",
                         {{"RoleArn", "arn:aws:iam::123456789012:role/" + role}, {"RoleSessionName", "ss"}});
    };
    EXPECT_EQ(assume("ops").message().size(), assume("abc").message().size());
}

// --- Other accounts -------------------------------------------------------------------------------------

TEST(Attacks, RootIsRootOfItsOwnAccountOnly) {
    World world;
    make_policy(world, "Own", allow_all);
    world.make("CreateRole", {{"RoleName", "ops"}, {"AssumeRolePolicyDocument", trust_account}});
    const Parameters policy{{"PolicyArn", policy_arn("Own")}};
    Parameters version = policy;
    version.emplace_back("PolicyDocument", allow_all);
    EXPECT_FALSE(world.iam(world.other_root(), "GetPolicy", policy).ok());
    EXPECT_FALSE(world.iam(world.other_root(), "DeletePolicy", policy).ok());
    EXPECT_FALSE(world.iam(world.other_root(), "CreatePolicyVersion", version).ok());
    EXPECT_FALSE(world.iam(world.other_root(), "GetRole", {{"RoleName", "ops"}}).ok());
    EXPECT_TRUE(world.iam(world.other_root(), "CreateUser", {{"UserName", "eva"}}).ok());
    EXPECT_FALSE(world
                     .iam(world.other_root(), "AttachUserPolicy",
                          {{"UserName", "eva"}, {"PolicyArn", policy_arn("Own")}})
                     .ok());
    const Reply key = world.iam(world.other_root(), "CreateAccessKey", {{"UserName", "eva"}});
    const Who eva{key.text("AccessKeyId"), key.text("SecretAccessKey"), {}};
    ASSERT_TRUE(world
                    .iam(world.other_root(), "PutUserPolicy",
                         {{"UserName", "eva"}, {"PolicyName", "p"}, {"PolicyDocument", allow_all}})
                    .ok());
    EXPECT_EQ(world
                  .sts(eva, "AssumeRole",
                       {{"RoleArn", "arn:aws:iam::123456789012:role/ops"}, {"RoleSessionName", "ss"}})
                  .code(),
              "AccessDenied");
}

// --- Credentials ----------------------------------------------------------------------------------------

TEST(Attacks, WhoeverWasDeletedStaysOutWhenTheNameComesBack) {
    World world;
    const Who old = world.make_user("bob", allow_all);
    const Who session = world.sts(old, "GetSessionToken").credentials();
    world.make("CreateRole", {{"RoleName", "ops"}, {"AssumeRolePolicyDocument", trust_account}});
    const Parameters assume{{"RoleArn", "arn:aws:iam::123456789012:role/ops"}, {"RoleSessionName", "ss"}};
    const Who role_session = world.sts(old, "AssumeRole", assume).credentials();
    ASSERT_TRUE(world.sts(role_session, "GetCallerIdentity").ok());
    world.make("DeleteAccessKey", {{"UserName", "bob"}, {"AccessKeyId", old.access_key_id}});
    world.make("DeleteUserPolicy", {{"UserName", "bob"}, {"PolicyName", "p"}});
    world.make("DeleteUser", {{"UserName", "bob"}});
    world.make("DeleteRole", {{"RoleName", "ops"}});
    world.make_user("bob", allow_all);
    world.make("CreateRole", {{"RoleName", "ops"}, {"AssumeRolePolicyDocument", trust_account}});
    for (const Who& who : {old, session, role_session}) {
        EXPECT_EQ(world.sts(who, "GetCallerIdentity").code(), "InvalidClientTokenId");
    }
}

TEST(Attacks, PartsOfTwoCredentialsMakeNone) {
    World world;
    const Who bob = world.make_user("bob");
    const Who first = world.sts(bob, "GetSessionToken").credentials();
    const Who second = world.sts(world.root(), "GetSessionToken").credentials();
    const Who mixed[] = {
        {first.access_key_id, first.secret, second.token}, {second.access_key_id, first.secret, second.token},
        {first.access_key_id, second.secret, first.token}, {first.access_key_id, first.secret, {}},
        {bob.access_key_id, bob.secret, second.token},     {world.root().access_key_id, bob.secret, {}}};
    for (const Who& who : mixed) EXPECT_EQ(world.sts(who, "GetCallerIdentity").status(), 403);
}

TEST(Attacks, EveryBitOfATokenCounts) {
    World world;
    Who who = world.sts(world.root(), "GetSessionToken").credentials();
    for (std::size_t at = 0; at < who.token.size(); at += 7) {
        Who forged = who;
        forged.token[at] = forged.token[at] == 'A' ? 'B' : 'A';
        EXPECT_EQ(world.sts(forged, "GetCallerIdentity").status(), 403) << at;
    }
}

TEST(Attacks, ASignedRequestCannotBeTurnedIntoAnother) {
    World world;
    const HttpRequest good = signed_request(world, world.root(), who_am_i);
    ASSERT_EQ(world.send(good).status(), 200);
    const auto altered = [&](const auto& change) {
        HttpRequest bad = good;
        change(bad);
        return world.send(bad).code();
    };
    constexpr const char* mismatch = "SignatureDoesNotMatch";
    EXPECT_EQ(altered([](HttpRequest& r) { r.body += "&DurationSeconds=900"; }), mismatch);
    EXPECT_EQ(altered([](HttpRequest& r) { r.target = "/?Action=GetSessionToken&Version=2011-06-15"; }),
              mismatch);
    EXPECT_EQ(altered([](HttpRequest& r) { r.target = "/?X-Amz-Signature=00"; }), "IncompleteSignature");
    EXPECT_EQ(altered([](HttpRequest& r) { r.method = "GET"; }), mismatch);
    EXPECT_EQ(altered([](HttpRequest& r) { r.headers.emplace_back("Host", "elsewhere"); }), mismatch);
    EXPECT_EQ(altered([](HttpRequest& r) {
                  r.headers.insert(r.headers.begin(), {"X-Amz-Date", "20261124T042300Z"});
              }),
              mismatch);
    EXPECT_EQ(altered([](HttpRequest& r) { r.headers.emplace_back("X-Amz-Security-Token", "x"); }), mismatch);
}

TEST(Attacks, ASessionWhosePolicyIsGoneMayNothing) {
    World world;
    const Who bob = world.make_user("bob", allow_all);
    make_policy(world, "Limits", statements(R"({"Effect":"Deny","Action":"iam:Create*","Resource":"*"})"));
    world.make("CreateRole", {{"RoleName", "ops"}, {"AssumeRolePolicyDocument", trust_account}});
    world.make("PutRolePolicy", {{"RoleName", "ops"}, {"PolicyName", "p"}, {"PolicyDocument", allow_all}});
    const Who session = world
                            .sts(bob, "AssumeRole",
                                 {{"RoleArn", "arn:aws:iam::123456789012:role/ops"},
                                  {"RoleSessionName", "ss"},
                                  {"Policy", allow_all},
                                  {"PolicyArns.member.1.arn", policy_arn("Limits")}})
                            .credentials();
    ASSERT_TRUE(world.iam(session, "ListUsers").ok());
    ASSERT_EQ(world.iam(session, "CreateUser", {{"UserName", "x"}}).code(), "AccessDenied");
    world.make("DeletePolicy", {{"PolicyArn", policy_arn("Limits")}});
    EXPECT_EQ(world.iam(session, "CreateUser", {{"UserName", "x"}}).code(), "AccessDenied");
    EXPECT_EQ(world.iam(session, "ListUsers").code(), "AccessDenied");
}

// --- Time of check, time of use -------------------------------------------------------------------------

// Between authorizing and reading, another user takes the name, in a path that is not allowed.
TEST(Attacks, OnlyWhatWasAuthorizedIsRead) {
    World world;
    const Who bob = world.make_user("bob", allow("iam:GetUser", "arn:aws:iam::123456789012:user/dev/*"));
    world.make("CreateUser", {{"UserName", "ada"}, {"Path", "/dev/"}});
    ASSERT_TRUE(world.iam(bob, "GetUser", {{"UserName", "ada"}}).ok());  // Fills the caches.
    bool happened = false;
    world.store().reads_until = 2;
    world.store().before_read = [&] {
        happened = true;
        world.make("DeleteUser", {{"UserName", "ada"}});
        world.make("CreateUser", {{"UserName", "ada"}, {"Path", "/prod/"}});
    };
    EXPECT_EQ(world.iam(bob, "GetUser", {{"UserName", "ada"}}).code(), "AccessDenied");
    EXPECT_TRUE(happened);
}

// The caller is deleted while he makes himself a key, and somebody gets his name.
TEST(Attacks, NobodyGetsAKeyOfWhoTookHisName) {
    World world;
    const Who bob = world.make_user("bob", allow_all);
    world.store().before_write = [&] {
        world.make("DeleteAccessKey", {{"UserName", "bob"}, {"AccessKeyId", bob.access_key_id}});
        world.make("DeleteUserPolicy", {{"UserName", "bob"}, {"PolicyName", "p"}});
        world.make("DeleteUser", {{"UserName", "bob"}});
        world.make("CreateUser", {{"UserName", "bob"}});
    };
    EXPECT_EQ(world.iam(bob, "CreateAccessKey").code(), "InvalidClientTokenId");
    EXPECT_TRUE(world.make("ListAccessKeys", {{"UserName", "bob"}}).texts("AccessKeyId").empty());
}

// While many threads fill the caches, a permission never outlives the call that took it away.
TEST(Attacks, WhatWasRevokedIsNeverServedAgain) {
    World world;
    make_policy(world, "Read", allow("iam:GetUser"));
    const Who bob = world.make_user("bob");
    world.make("CreateGroup", {{"GroupName", "g"}});
    world.make("AddUserToGroup", {{"GroupName", "g"}, {"UserName", "bob"}});
    std::atomic<bool> stop = false;
    const auto read = [&] { return world.iam(bob, "GetUser", {{"UserName", "bob"}}).ok(); };
    std::vector<std::jthread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            while (!stop) (void)read();
        });
    }
    const Parameters to_user{{"UserName", "bob"}, {"PolicyArn", policy_arn("Read")}};
    const Parameters to_group{{"GroupName", "g"}, {"PolicyArn", policy_arn("Read")}};
    for (int round = 0; round < 60; ++round) {
        const bool by_group = round % 2 == 1;
        world.make(by_group ? "AttachGroupPolicy" : "AttachUserPolicy", by_group ? to_group : to_user);
        EXPECT_TRUE(read()) << round;
        world.make(by_group ? "DetachGroupPolicy" : "DetachUserPolicy", by_group ? to_group : to_user);
        EXPECT_FALSE(read()) << round;
    }
    stop = true;
}

// --- Exhaustion -----------------------------------------------------------------------------------------

TEST(Attacks, ManyFieldsAreRefusedBeforeAnybodyIsKnown) {
    World world;
    HttpRequest request = World::request(who_am_i);
    for (int i = 0; i < 1'000'000; ++i) request.body += "&a";
    EXPECT_EQ(world.send(request).code(), "MalformedQueryString");
}

}  // namespace
}  // namespace writ::api
