#include "cli/broad_grants.h"

#include <gtest/gtest.h>

#include "policy/parse.h"

namespace writ::cli {
namespace {

std::vector<std::string> messages_of(std::string_view statement) {
    const auto document =
        policy::parse(R"({"Version":"2012-10-17","Statement":)" + std::string(statement) + "}");
    std::vector<std::string> messages;
    for (const BroadGrant& grant : find_broad_grants(**document)) messages.push_back(grant.message);
    return messages;
}

TEST(BroadGrants, AreWholeServicesOnEveryResource) {
    const auto messages =
        messages_of(R"({"Effect":"Allow","Action":["sqs:SendMessage","DynamoDB:*"],"Resource":"*"})");
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_TRUE(messages.front().starts_with("DynamoDB:* on every resource allows all "));
    EXPECT_TRUE(messages.front().ends_with(" actions of Amazon DynamoDB"));
    EXPECT_EQ(messages_of(R"({"Effect":"Allow","Action":"*","Resource":["arn:aws:s3:::a","*"]})"),
              std::vector<std::string>{"* on every resource allows everything"});
}

TEST(BroadGrants, AreNoneWhereSomethingNarrowsThem) {
    for (const std::string_view statement : {
             R"({"Effect":"Deny","Action":"dynamodb:*","Resource":"*"})",
             R"({"Effect":"Allow","Action":"dynamodb:*","Resource":"arn:aws:dynamodb:*:*:table/a"})",
             R"({"Effect":"Allow","Action":"dynamodb:Get*","Resource":"*"})",
             R"({"Effect":"Allow","NotAction":"dynamodb:*","Resource":"*"})",
             R"({"Effect":"Allow","Action":"dynamodb:*","NotResource":"*"})",
             R"({"Effect":"Allow","Action":"nosuchservice:*","Resource":"*"})",
             R"({"Effect":"Allow","Action":"dynamodb:*","Resource":"*",
                 "Condition":{"Bool":{"aws:SecureTransport":"true"}}})",
         }) {
        EXPECT_EQ(messages_of(statement), std::vector<std::string>{}) << statement;
    }
}

}  // namespace
}  // namespace writ::cli
