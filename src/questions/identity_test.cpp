#include "questions/internal/world_for_tests.h"

/// Who asks: signatures for the service "writ", and bearer tokens.
namespace writ::questions {
namespace {

using Json = TestJson;

class Identity : public testing::Test {
  protected:
    Told ask(HttpRequest request, std::string_view authorization) {
        request.headers.emplace_back("Authorization", authorization);
        return world.send(request);
    }
    Told ask_with(const std::string& bearer) {
        return ask(World::json_request("/authorize", own_question), "Bearer " + bearer);
    }
    std::string bearer_of(const Who& who, const Json& body = Json::object()) {
        const Told told = world.ask(who, "/bearer-token", body);
        EXPECT_EQ(told.status, 200) << told.body;
        return told.json.value("bearer_token", "");
    }

    World world;
    const Json own_question{{"action", "s3:ListBucket"}, {"resource", "arn:aws:s3:::orders"}};
};

TEST_F(Identity, IsAskedForWithAChallenge) {
    const Told told = world.send(World::json_request("/authorize", own_question));
    EXPECT_EQ(told.status, 401);
    EXPECT_EQ(told.json["decision"], "implicitDeny");
    EXPECT_EQ(told.header("WWW-Authenticate"), "Bearer realm=\"writ\"");
}

TEST_F(Identity, IsASignatureForTheServiceWrit) {
    for (const std::string_view service : {"writ", "sts", "iam"}) {
        HttpRequest request = World::json_request("/authorize", own_question);
        world.sign(request, World::root(), service);
        EXPECT_EQ(world.send(request).status, service == "writ" ? 200 : 401) << service;
    }
    HttpRequest changed = World::json_request("/authorize", own_question);
    world.sign(changed, World::root());
    changed.body += " ";
    EXPECT_EQ(world.send(changed).status, 401);
    EXPECT_EQ(world.authorize({"AKIAROOTROOTROOTROOT", "another secret"}, own_question).status, 401);
}

TEST_F(Identity, IsABearerTokenOfWrit) {
    const Who bob = world.make_user("bob", allow("s3:ListBucket"));
    const Told told = world.ask(bob, "/bearer-token", {{"lifetime_s", 600}});
    EXPECT_EQ(told.json["expires"], "2026-11-24T04:33:00Z");
    const std::string token = told.json["bearer_token"];
    EXPECT_TRUE(token.starts_with("writ_"));
    EXPECT_EQ(token.find(bob.secret), std::string::npos);
    EXPECT_EQ(ask_with(token).json["decision"], "allowed");
    EXPECT_EQ(ask(World::json_request("/authorize", own_question), "bearer  " + token).status, 200);

    std::string changed = token;
    changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
    for (const std::string& other : {std::string(), token.substr(5), token + "=", changed}) {
        EXPECT_EQ(ask_with(other).status, 401) << other;
    }
    world.clock().advance(std::chrono::seconds(600));
    EXPECT_EQ(ask_with(token).status, 401);
}

TEST_F(Identity, OfABearerEndsWithTheCredential) {
    const Who bob = world.make_user("bob", allow("*"));
    world.make_role("app", allow("s3:*"), "123456789012");
    const Who session = world.assume(bob, "app", allow("s3:GetObject"));
    const std::string of_key = bearer_of(bob);
    const std::string of_session = bearer_of(session, {{"lifetime_s", 43'200}});
    EXPECT_EQ(ask_with(of_key).json["decision"], "allowed");
    EXPECT_EQ(ask_with(of_session).json["decided_by"], "session");  // Its policies stay with it.
    world.iam("UpdateAccessKey",
              {{"UserName", "bob"}, {"AccessKeyId", bob.access_key_id}, {"Status", "Inactive"}});
    EXPECT_EQ(ask_with(of_key).status, 401);
    EXPECT_EQ(ask_with(of_session).status, 200);
    world.clock().advance(std::chrono::hours(1));
    EXPECT_EQ(ask_with(of_session).status, 401);
}

TEST_F(Identity, OfABearerGivesNoOtherBearer) {
    const std::string token = bearer_of(World::root());
    EXPECT_EQ(ask(World::bare("POST", "/bearer-token"), "Bearer " + token).status, 401);
}

TEST_F(Identity, IsNoSessionTokenAlone) {
    const Who bob = world.make_user("bob", allow("*"));
    world.make_role("app", allow("s3:*"), "123456789012");
    const Who session = world.assume(bob, "app");
    EXPECT_EQ(ask_with(session.token).status, 401);
    EXPECT_EQ(ask_with(session.access_key_id + ":" + session.token).status, 401);
}

TEST_F(Identity, OfABearerHasALifetimeWithinLimits) {
    for (const Json& lifetime : {Json(59), Json(43'201), Json("3600"), Json(nullptr), Json(-1)}) {
        EXPECT_EQ(world.ask(World::root(), "/bearer-token", {{"lifetime_s", lifetime}}).status, 400)
            << lifetime;
    }
    EXPECT_EQ(world.ask(World::root(), "/bearer-token", {{"lifetime", 600}}).status, 400);
    HttpRequest empty = World::bare("POST", "/bearer-token");
    world.sign(empty, World::root());
    EXPECT_EQ(world.send(empty).json["expires"], "2026-11-24T05:23:00Z");
}

}  // namespace
}  // namespace writ::questions
