#include "questions/internal/world_for_tests.h"

/// What an account tells of its resources, over HTTP, and that it takes part in answers.
namespace writ::questions {
namespace {

using Json = TestJson;

const std::string bucket = "arn:aws:s3:::orders";
const std::string queue = "arn:aws:sqs:us-east-1:123456789012:orders";

Json grant(const std::string& who, const std::string& action, const std::string& resource,
           const std::string& effect = "Allow") {
    return {
        {"Version", "2012-10-17"},
        {"Statement",
         {{{"Effect", effect}, {"Principal", {{"AWS", who}}}, {"Action", action}, {"Resource", resource}}}}};
}

class KnownResources : public testing::Test {
  protected:
    Told send(const Who& who, const std::string& method, const std::string& path,
              const std::string& body = {}) {
        HttpRequest request = World::bare(method, path);
        request.body = body;
        world.sign(request, who);
        return world.send(request);
    }
    static std::string about(const std::string& path, const std::string& arn) {
        return path + "?arn=" + percent_encode(arn);
    }
    void put(const std::string& arn, const Json& policy) {
        const Told told = send(World::root(), "PUT", about("/resource-policy", arn), policy.dump());
        ASSERT_EQ(told.status, 200) << told.body;
    }
    void tag(const std::string& arn, const Json& tags) {
        const Told told =
            send(World::root(), "PUT", about("/resource-tags", arn), Json({{"tags", tags}}).dump());
        ASSERT_EQ(told.status, 200) << told.body;
    }
    /// "allowed identity".
    std::string decision(const std::string& principal, const std::string& action, const std::string& resource,
                         const Json& context = Json::object()) {
        const Told told = world.authorize(
            World::root(),
            {{"principal", principal}, {"action", action}, {"resource", resource}, {"context", context}});
        return told.json["decision"].get<std::string>() + " " + told.json["decided_by"].get<std::string>();
    }
    World world;
};

TEST_F(KnownResources, PoliciesArePutListedShownAndDeleted) {
    const Who root = World::root();
    EXPECT_EQ(send(root, "GET", "/resource-policies").json, Json({{"policies", Json::array()}}));
    const Json policy = grant("*", "s3:GetObject", bucket + "/*");
    put(bucket, policy);
    put(queue, grant("*", "sqs:SendMessage", queue));
    const Json all = send(root, "GET", "/resource-policies").json["policies"];
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0]["arn"], bucket);
    const Json shown = send(root, "GET", about("/resource-policy", bucket)).json;
    EXPECT_EQ(shown["policy"], policy);
    EXPECT_EQ(shown["set_at"], "2026-11-24T04:23:00Z");
    EXPECT_EQ(send(root, "DELETE", about("/resource-policy", bucket)).json, Json::object());
    EXPECT_EQ(send(root, "DELETE", about("/resource-policy", bucket)).status, 200);
    const Told gone = send(root, "GET", about("/resource-policy", bucket));
    EXPECT_EQ(gone.status, 404);
    EXPECT_EQ(gone.json["error"], "NoSuchEntity");
}

TEST_F(KnownResources, WhatIsOutOfFormIsRefused) {
    const Who root = World::root();
    const auto put_text = [&](const std::string& path, const std::string& text) {
        return send(root, "PUT", path, text).json["error"];
    };
    EXPECT_EQ(put_text(about("/resource-policy", bucket), "{}"), "MalformedPolicyDocument");
    EXPECT_EQ(put_text(about("/resource-policy", bucket), allow("s3:*")), "MalformedPolicyDocument");
    const std::string sound = grant("*", "s3:*", "*").dump();
    EXPECT_EQ(put_text("/resource-policy", sound), "ValidationError");
    EXPECT_EQ(put_text(about("/resource-policy", "orders"), sound), "ValidationError");
    EXPECT_EQ(put_text(about("/resource-policy", bucket + "/a"), sound), "ValidationError");
    EXPECT_EQ(put_text(about("/resource-tags", bucket), R"({"tags":[]})"), "ValidationError");
    EXPECT_EQ(put_text(about("/resource-tags", bucket), R"({"tags":{"k":1}})"), "ValidationError");
    EXPECT_EQ(put_text(about("/resource-tags", bucket), R"({"tags":{"k":"1","k":"2"}})"), "InvalidInput");
    EXPECT_EQ(put_text(about("/resource-tags", bucket), "["), "SerializationException");
    EXPECT_EQ(send(root, "POST", about("/resource-tags", bucket)).status, 405);
}

TEST_F(KnownResources, NeedPermissions) {
    const Who eve = world.make_user("eve");
    for (const auto& [method, path] : {std::pair{"PUT", "/resource-policy"},
                                       {"GET", "/resource-policy"},
                                       {"DELETE", "/resource-policy"},
                                       {"PUT", "/resource-tags"},
                                       {"GET", "/resource-tags"}}) {
        EXPECT_EQ(send(eve, method, about(path, bucket), "{").status, 403) << method << path;
        EXPECT_EQ(send(eve, method, path, "{").status, 403) << method << path;
    }
    EXPECT_EQ(send(eve, "GET", "/resource-policies").status, 403);
    const Who ann = world.make_user("ann", allow("writ:*ResourcePolicy", bucket));
    EXPECT_EQ(send(ann, "PUT", about("/resource-policy", bucket), grant("*", "s3:*", "*").dump()).status,
              200);
    EXPECT_EQ(send(ann, "GET", about("/resource-policy", bucket)).status, 200);
    EXPECT_EQ(send(ann, "PUT", about("/resource-policy", queue), grant("*", "sqs:*", "*").dump()).status,
              403);
    // Of another account: nothing that root of this one may say.
    EXPECT_EQ(send(World::root(), "PUT", about("/resource-policy", "arn:aws:sqs:us-east-1:444455556666:q"),
                   grant("*", "sqs:*", "*").dump())
                  .status,
              403);
}

// Spec 5.2, 5.3.
TEST_F(KnownResources, PoliciesTakePartInAnswers) {
    world.make_user("bob", allow("s3:ListBucket", bucket));
    const std::string bob = World::arn("user/bob");
    EXPECT_EQ(decision(bob, "s3:GetObject", bucket + "/a"), "implicitDeny identity");
    put(bucket, grant(bob, "s3:GetObject", bucket + "/*"));
    EXPECT_EQ(decision(bob, "s3:GetObject", bucket + "/a"), "allowed resource");
    EXPECT_EQ(decision(bob, "s3:ListBucket", bucket), "allowed identity");
    put(bucket, grant("*", "s3:*", "*", "Deny"));
    EXPECT_EQ(decision(bob, "s3:ListBucket", bucket), "explicitDeny resource");
    EXPECT_EQ(decision(bob, "s3:ListBucket", "arn:aws:s3:::other"), "implicitDeny identity");
}

TEST_F(KnownResources, ExplanationsNameThePolicyOfTheResource) {
    world.make_user("bob");
    put(queue, grant("*", "sqs:*", "*", "Deny"));
    const Told told = world.authorize(World::root(), {{"principal", World::arn("user/bob")},
                                                      {"action", "sqs:SendMessage"},
                                                      {"resource", queue},
                                                      {"explain", true}});
    EXPECT_EQ(told.json["decided_by"], "resource");
    EXPECT_NE(told.json["explanation"].dump().find(queue), std::string::npos);
}

TEST_F(KnownResources, TagsTakePartInAnswersUnlessTheQuestionTellsThem) {
    world.make_user(
        "bob", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*",)"
               R"("Condition":{"StringEquals":{"aws:ResourceTag/team":"red"}}}})");
    const std::string bob = World::arn("user/bob");
    EXPECT_EQ(decision(bob, "sqs:SendMessage", queue), "implicitDeny identity");
    EXPECT_EQ(decision(bob, "sqs:SendMessage", queue, {{"aws:ResourceTag/team", "red"}}), "allowed identity");
    tag(queue, {{"team", "red"}});
    EXPECT_EQ(send(World::root(), "GET", about("/resource-tags", queue)).json,
              Json({{"tags", {{"team", "red"}}}}));
    EXPECT_EQ(decision(bob, "sqs:SendMessage", queue), "allowed identity");
    EXPECT_EQ(decision(bob, "sqs:SendMessage", queue, {{"aws:SourceIp", "10.0.0.1"}}), "allowed identity");
    EXPECT_EQ(decision(bob, "sqs:SendMessage", queue, {{"aws:ResourceTag/team", "blue"}}),
              "implicitDeny identity");
    tag(queue, Json::object());
    EXPECT_EQ(decision(bob, "sqs:SendMessage", queue), "implicitDeny identity");
}

TEST_F(KnownResources, AQuestionWhosePolicyCannotBeReadIsDenied) {
    put(bucket, grant("*", "s3:*", "*"));
    world.forget();  // Nothing is kept.
    world.make_user("bob", allow("s3:*"));
    const Json question{
        {"principal", World::arn("user/bob")}, {"action", "s3:ListBucket"}, {"resource", bucket}};
    for (std::uint64_t first = 1;; ++first) {
        world.forget();
        world.faults().fail({.first = first});
        const Told told = world.authorize(World::root(), question);
        const bool has_failed = world.faults().has_failed();
        world.faults().mend();
        if (!has_failed) {
            EXPECT_EQ(told.json["decision"], "allowed");
            EXPECT_GT(first, 4U);
            break;
        }
        ASSERT_NE(told.json["decision"], "allowed") << first;
    }
}

}  // namespace
}  // namespace writ::questions
