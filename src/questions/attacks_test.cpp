// What somebody with a key of little worth, or with a request behind a proxy, may try.
#include "questions/internal/world_for_tests.h"
#include "questions/rule.h"

namespace writ::questions {
namespace {

/// What is printed again, as of a search, would else be as deep as the stack.
TEST(QuestionAttacks, DeepJsonIsRefused) {
    World world;
    const Who eve = world.make_user("eve");
    const auto nested = [](std::size_t depth) {
        return R"({"subject":{"type":"user"},"action":{"name":"iam:GetUser"},)"
               R"("resource":{"type":"iam:user","id":"arn:aws:iam::123456789012:user/x"},"context":{"a":)" +
               std::string(depth, '[') + std::string(depth, ']') + "}}";
    };
    EXPECT_EQ(world.ask(eve, "/access/v1/search/subject", nested(60)).status, 200);
    for (const char* path :
         {"/access/v1/search/subject", "/access/v1/search/resource", "/access/v1/search/action",
          "/access/v1/evaluation", "/access/v1/evaluations", "/authorize"}) {
        const Told told = world.ask(eve, path, nested(1'000'000));
        EXPECT_EQ(told.status, 400) << path;
        EXPECT_NE(told.body.find("nested too deeply"), std::string::npos) << path;
    }
}

std::optional<Needed> needed(std::string_view target) {
    const auto rules = read_rules(
        "* * /documents/{path...} documents:Read arn:aws:documents:::document/{path}\n"
        "* * /{any...} documents:Other *\n");
    return rules ? find_needed(*rules, "GET", "docs.example.com", target) : std::nullopt;
}

/// Java servers cut what follows a ';' off a segment before they look at it, others decode twice, and some
/// take long forms of a dot for one.
TEST(QuestionAttacks, PathsThatServersReadInOtherWaysFitNoRule) {
    EXPECT_TRUE(needed("/documents/a"));
    EXPECT_TRUE(needed("/documents/a,v=1/b"));
    EXPECT_TRUE(needed("/documents/100%25"));
    for (const char* target :
         {"/documents/..;/admin", "/documents/..;x=1/admin", "/documents/.;/admin", "/documents/;/admin",
          "/documents;x=1/a", "/documents/%2e%2e%3b/admin", "/documents/%252e%252e/admin",
          "/documents/a%252fb", "/documents/%c0%ae%c0%ae/admin", "/documents/%ff"}) {
        EXPECT_FALSE(needed(target)) << target;
    }
}

/// A proxy that adds its header behind the client's does not speak for the client.
class ForwardedAttacks : public testing::Test {
  protected:
    static Settings settings() {
        auto rules = read_rules("* * /documents/{id} documents:Read arn:aws:documents:::document/{id}\n");
        return {.proxy = ProxyKind::forwarded, .proxy_service = "documents", .rules = std::move(*rules)};
    }
    HttpRequest asked(std::string_view id) {
        HttpRequest request = World::bare("GET", "/external-authorization");
        request.headers.emplace_back("Authorization", "Bearer " + token_);
        request.headers.emplace_back("X-Forwarded-Method", "GET");
        request.headers.emplace_back("X-Forwarded-Uri", "/documents/" + std::string(id));
        request.headers.emplace_back("X-Forwarded-Host", "docs.example.com");
        return request;
    }
    void SetUp() override {
        const Who ada = world_.make_user("ada", R"({"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":"documents:Read","Resource":"arn:aws:documents:::document/1"},
              {"Effect":"Allow","Action":"documents:Read","Resource":"arn:aws:documents:::document/2",
               "Condition":{"IpAddress":{"aws:SourceIp":"198.51.100.7"}}}]})");
        token_ = world_.ask(ada, "/bearer-token", TestJson::object()).json["bearer_token"];
    }

    World world_{settings()};
    std::string token_;
};

TEST_F(ForwardedAttacks, WhatIsToldTwiceIsNotBelieved) {
    EXPECT_EQ(world_.send(asked("1")).status, 200);
    for (const char* name : {"X-Forwarded-Method", "X-Forwarded-Uri", "X-Forwarded-Host"}) {
        HttpRequest request = asked("1");
        request.headers.emplace_back(name, "GET");
        EXPECT_EQ(world_.send(request).status, 403) << name;
    }
}

TEST_F(ForwardedAttacks, TheAddressIsThatOfTheLastHeader) {
    HttpRequest request = asked("2");
    request.headers.emplace_back("X-Forwarded-For", "198.51.100.7");
    EXPECT_EQ(world_.send(request).status, 200);
    request.headers.emplace_back("x-forwarded-for", "203.0.113.200");
    EXPECT_EQ(world_.send(request).status, 403);
}

}  // namespace
}  // namespace writ::questions
