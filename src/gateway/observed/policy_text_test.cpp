#include "gateway/observed/policy_text.h"

#include <gtest/gtest.h>

#include "gateway/observed/answer.h"

namespace writ::gateway {
namespace {

constexpr auto sends = R"({"Sid":"send","Effect":"Allow","Principal":"*","Action":"sqs:SendMessage"})";
constexpr auto receives =
    R"({"Sid":"receive","Effect":"Allow","Principal":"*","Action":"sqs:ReceiveMessage"})";

TEST(PolicyText, StatementsComeAndGo) {
    auto policy = with_statement("", "send", sends);
    ASSERT_TRUE(policy);
    EXPECT_EQ(*policy, std::string(R"({"Version":"2012-10-17","Statement":[)") + sends + "]}");
    policy = with_statement(*policy, "receive", receives);
    ASSERT_TRUE(policy);
    EXPECT_EQ(*policy,
              std::string(R"({"Version":"2012-10-17","Statement":[)") + sends + "," + receives + "]}");
    policy = without_statement(*policy, "send");
    ASSERT_TRUE(policy);
    EXPECT_EQ(*policy, std::string(R"({"Version":"2012-10-17","Statement":[)") + receives + "]}");
    policy = without_statement(*policy, "receive");
    ASSERT_TRUE(policy);
    EXPECT_EQ(*policy, "");
}

TEST(PolicyText, TheSameSidTakesThePlaceOfAnother) {
    constexpr auto other = R"({"Sid":"send","Effect":"Allow","Principal":"*","Action":"sqs:*"})";
    const auto policy = with_statement(
        std::string(R"({"Version":"2008-10-17","Id":"x","Statement":)") + sends + "}", "send", other);
    ASSERT_TRUE(policy);
    EXPECT_EQ(*policy, std::string(R"({"Version":"2008-10-17","Id":"x","Statement":[)") + other + "]}");
    EXPECT_FALSE(with_statement("[]", "send", sends));
    EXPECT_FALSE(without_statement("{", "send"));
}

TEST(PolicyText, WhatCannotBeReadIsToldByItsFirstDefect) {
    EXPECT_TRUE(check_policy(
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*"}]})"));
    // A policy of a resource names principals.
    EXPECT_FALSE(check_policy(
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]})"));
    EXPECT_FALSE(check_policy(
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*",
                                 "Condition":{"StringLooksLike":{"a":"b"}}}]})"));
    EXPECT_FALSE(check_policy("no JSON"));
    const auto empty = check_policy("");
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().code, "MalformedPolicyDocument");
    EXPECT_EQ(empty.error().http_status, 400);
}

TEST(Answers, JsonAndXmlAreReadAlike) {
    const auto json = Answer::read({}, R"({"A":{"B":["x","y"]},"N":5,"T":true,"L":[{"B":"z"},{"C":"1"}]})");
    ASSERT_TRUE(json);
    EXPECT_EQ(json->first("A.B"), "x");
    EXPECT_EQ(json->at("A.B").size(), 2U);
    EXPECT_EQ(json->first("N"), "5");
    EXPECT_EQ(json->first("T"), "true");
    EXPECT_EQ(json->first("L.C"), "1");
    EXPECT_EQ(json->first("A"), "");
    EXPECT_EQ(json->first("X.Y"), "");
    const auto xml = Answer::read({}, "<?xml version=\"1.0\"?><R xmlns=\"u\"><A><B>x</B><B>y</B></A></R>");
    ASSERT_TRUE(xml);
    EXPECT_EQ(xml->name(), "R");
    EXPECT_EQ(xml->at("A.B").size(), 2U);
    EXPECT_EQ(xml->at("A.B")[1]->text(), "y");
}

TEST(Answers, OthersSayNothing) {
    EXPECT_FALSE(Answer::read({}, ""));
    EXPECT_FALSE(Answer::read({}, "ok"));
    EXPECT_FALSE(Answer::read({}, "{"));
    EXPECT_FALSE(Answer::read({}, "<a>"));
    EXPECT_FALSE(Answer::read({{"Content-Encoding", "gzip"}}, "{}"));
    // Deeper than anybody looks: what lies there is left out.
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
    EXPECT_FALSE(Answer::read({}, deep));
    deep += "1" + std::string(100'000, '}');
    const auto read = Answer::read({}, deep);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->first("a.a"), "");
}

}  // namespace
}  // namespace writ::gateway
