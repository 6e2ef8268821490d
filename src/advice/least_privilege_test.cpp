// The rules stand in the header; those of patterns and conditions in spec 2.3, M2, C10.
#include "advice/least_privilege.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "advice/internal/uses_for_tests.h"
#include "policy/parse.h"
#include "policy/validate.h"

namespace writ::advice {
namespace {

using Uses = std::vector<directory::RecordedUse>;

constexpr std::string_view begin = R"({"Version":"2012-10-17","Statement":)";

/// The statements of the only document; all of it when there is not one.
std::string statements_of(const Uses& uses, const GenerationLimits& limits = {}) {
    const GeneratedPolicy policy = generate_policy(uses, limits);
    if (policy.documents.size() != 1) return std::to_string(policy.documents.size()) + " documents";
    const std::string& text = policy.documents.front();
    if (!text.starts_with(begin)) return text;
    return text.substr(begin.size(), text.size() - begin.size() - 1);
}

Uses gets_of(std::string_view prefix, int count) {
    Uses uses;
    for (int i = 0; i < count; ++i)
        uses.push_back(use("s3:GetObject", std::string(prefix) + std::to_string(i)));
    return uses;
}

std::vector<std::string> resources_of(const Uses& uses, const GenerationLimits& limits = {}) {
    std::vector<std::string> texts;
    for (const Grant& grant : generate_policy(uses, limits).grants) texts.push_back(grant.resource.text);
    return texts;
}

TEST(LeastPrivilege, OfNothingIsNothing) {
    EXPECT_EQ(generate_policy({}).documents, std::vector<std::string>{});
}

TEST(LeastPrivilege, ActionsOfAServiceWithTheSameResourcesShareAStatement) {
    const std::string orders = std::string(tables) + "orders";
    EXPECT_EQ(statements_of({use("dynamodb:PutItem", orders), use("dynamodb:GetItem", orders),
                             use("dynamodb:GetItem", orders)}),
              R"({"Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:PutItem"],"Resource":")" + orders +
                  R"("})");
    const std::string two = statements_of({use("dynamodb:PutItem", orders), use("dynamodb:GetItem", orders),
                                           use("dynamodb:GetItem", std::string(tables) + "users"),
                                           use("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:q")});
    EXPECT_EQ(std::ranges::count(two, '{'), 3) << two;
}

TEST(LeastPrivilege, ManyResourcesBelowOneParentBecomeATemplate) {
    const auto ten = resources_of(gets_of("arn:aws:s3:::docs/2026/", 10));
    EXPECT_EQ(ten.size(), 10U);
    EXPECT_EQ(resources_of(gets_of("arn:aws:s3:::docs/2026/", 11)),
              std::vector<std::string>{"arn:aws:s3:::docs/2026/*"});
    Uses elsewhere = gets_of("arn:aws:s3:::docs/2026/", 11);
    elsewhere.push_back(use("s3:GetObject", "arn:aws:s3:::docs/2025/a"));
    EXPECT_EQ(resources_of(elsewhere),
              (std::vector<std::string>{"arn:aws:s3:::docs/2025/a", "arn:aws:s3:::docs/2026/*"}));
    elsewhere.push_back(use("s3:GetObject", "arn:aws:s3:::docs/2026/deep/a"));
    EXPECT_EQ(resources_of(elsewhere).size(), 2U) << "what a template stands for is not said again";
}

TEST(LeastPrivilege, OnlyTheSegmentThatChangesIsTemplated) {
    Uses uses;
    for (int i = 0; i < 11; ++i) {
        const std::string table = std::string(tables) + "t" + std::to_string(i);
        uses.push_back(use("dynamodb:Query", table + "/index/by-name"));
    }
    EXPECT_EQ(resources_of(uses), std::vector<std::string>{std::string(tables) + "*/index/by-name"});
    Uses queues;
    for (int i = 0; i < 11; ++i) {
        queues.push_back(use("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:q" + std::to_string(i)));
    }
    EXPECT_EQ(resources_of(queues), std::vector<std::string>{"arn:aws:sqs:us-east-1:123456789012:*"});
}

TEST(LeastPrivilege, BucketsRegionsAndAccountsAreNeverTemplated) {
    Uses uses;
    for (int i = 0; i < 30; ++i) {
        const std::string number = std::to_string(i);
        uses.push_back(use("s3:ListBucket", "arn:aws:s3:::bucket" + number));
        uses.push_back(use("s3:GetObject", "arn:aws:s3:::bucket" + number + "/config.json"));
        uses.push_back(use("sqs:SendMessage", "arn:aws:sqs:region-" + number + ":123456789012:q"));
        uses.push_back(
            use("sns:Publish", "arn:aws:sns:us-east-1:" + std::to_string(100000000000 + i) + ":t"));
    }
    EXPECT_EQ(resources_of(uses).size(), 120U);
}

TEST(LeastPrivilege, ATemplateDoesNotReachResourcesOfAnotherType) {
    Uses uses;
    for (int i = 0; i < 11; ++i) {
        uses.push_back(use("dynamodb:Query", std::string(tables) + "t" + std::to_string(i)));
        uses.push_back(use("dynamodb:PutItem", std::string(tables) + "t" + std::to_string(i)));
    }
    // "table/*" would let Query read every index too; PutItem knows no other type.
    std::vector<std::string> expected{std::string(tables) + "*"};
    for (int i = 0; i < 11; ++i) expected.push_back(std::string(tables) + "t" + std::to_string(i));
    auto resources = resources_of(uses);
    std::ranges::sort(resources);
    std::ranges::sort(expected);
    EXPECT_EQ(resources, expected);
}

TEST(LeastPrivilege, WhatTheRecordMergedIsATemplate) {
    directory::RecordedUse merged = use("s3:GetObject", "arn:aws:s3:::docs/2026/*");
    merged.is_merged = true;
    const GeneratedPolicy policy = generate_policy(Uses{merged});
    ASSERT_EQ(policy.grants.size(), 1U);
    EXPECT_TRUE(policy.grants.front().resource.is_template());
    EXPECT_EQ(policy.grants.front().resource.text, "arn:aws:s3:::docs/2026/*");
    EXPECT_TRUE(policy.grants.front().resource.fits("arn:aws:s3:::docs/2026/any"));
    EXPECT_FALSE(policy.grants.front().resource.fits("arn:aws:s3:::docs/2025/any"));
}

TEST(LeastPrivilege, WhatLooksLikeAWildcardInANameMeansItself) {  // M2
    EXPECT_EQ(resources_of({use("s3:GetObject", "arn:aws:s3:::docs/a*b?c${d}$")}),
              std::vector<std::string>{"arn:aws:s3:::docs/a${*}b${?}c${$}{d}$"});
}

TEST(LeastPrivilege, ConditionsAreThoseThatNeverChanged) {
    const std::string docs = "arn:aws:s3:::docs";
    EXPECT_EQ(statements_of({use("s3:ListBucket", docs, {one("aws:SourceIp", "1"), one("s3:prefix", "a/")}),
                             use("s3:ListBucket", docs, {one("aws:SourceIp", "1"), one("s3:prefix", "a/")})}),
              R"({"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::docs",)"
              R"("Condition":{"StringEquals":{"s3:prefix":"a/"}}})");
    const std::string bare = R"({"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::docs"})";
    EXPECT_EQ(statements_of({use("s3:ListBucket", docs, {one("s3:prefix", "a/")}),
                             use("s3:ListBucket", docs, {one("s3:prefix", "b/")})}),
              bare);
    EXPECT_EQ(
        statements_of({use("s3:ListBucket", docs, {one("s3:prefix", "a/")}), use("s3:ListBucket", docs)}),
        bare);
}

TEST(LeastPrivilege, ConditionsAreOfOneActionOnOneResource) {
    const auto grants =
        generate_policy(Uses{use("s3:ListBucket", "arn:aws:s3:::a", {one("s3:prefix", "x/")}),
                             use("s3:ListBucket", "arn:aws:s3:::b", {one("s3:prefix", "y/")})})
            .grants;
    ASSERT_EQ(grants.size(), 2U);
    EXPECT_EQ(grants[0].conditions, (std::vector<ConstantKey>{{"StringEquals", "s3:prefix", {"x/"}}}));
    EXPECT_EQ(grants[1].conditions, (std::vector<ConstantKey>{{"StringEquals", "s3:prefix", {"y/"}}}));
}

TEST(LeastPrivilege, ListsAreHeldToTheirValuesAndMustBeThere) {  // C10
    const auto query =
        use("dynamodb:Query", std::string(tables) + "orders", {many("dynamodb:LeadingKeys", {"ada"})});
    EXPECT_EQ(statements_of({query}),
              R"({"Effect":"Allow","Action":"dynamodb:Query","Resource":")" + std::string(tables) +
                  R"(orders","Condition":{"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":"ada"},)"
                  R"("Null":{"dynamodb:LeadingKeys":"false"}}})");
}

TEST(LeastPrivilege, TheRegionIsAConditionWhereTheResourceDoesNotTellIt) {
    const auto region = one("aws:RequestedRegion", "us-east-1");
    EXPECT_EQ(statements_of({use("sqs:ListQueues", "*", {region})}),
              R"({"Effect":"Allow","Action":"sqs:ListQueues","Resource":"*",)"
              R"("Condition":{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}})");
    EXPECT_EQ(generate_policy(Uses{use("dynamodb:GetItem", std::string(tables) + "a", {region})})
                  .grants.front()
                  .conditions,
              std::vector<ConstantKey>{});
}

TEST(LeastPrivilege, VariablesInValuesMeanThemselves) {
    EXPECT_TRUE(
        statements_of({use("s3:ListBucket", "arn:aws:s3:::docs", {one("s3:prefix", "${aws:username}*")})})
            .contains(R"("s3:prefix":"${$}{aws:username}*")"));
}

TEST(LeastPrivilege, IsSplitIntoDocumentsThatFit) {
    Uses uses;
    for (int i = 0; i < 200; ++i) {
        const std::string name = "arn:aws:s3:::a-bucket-with-a-rather-long-name-" + std::to_string(i);
        uses.push_back(use("s3:ListBucket", name));
    }
    const GeneratedPolicy policy = generate_policy(uses);
    EXPECT_EQ(policy.documents.size(), 2U);  // 200 times some 51 characters.
    std::size_t resources = 0;
    for (const std::string& text : policy.documents) {
        EXPECT_LE(text.size(), 6'144U);
        const auto document = policy::parse(text);
        ASSERT_TRUE(document);
        EXPECT_TRUE(
            policy::validate(**document, {.type = policy::PolicyType::identity, .managed = true}).empty());
        for (const auto& statement : (*document)->statements())
            resources += statement.resource->patterns.size();
    }
    EXPECT_EQ(resources, 200U);
    EXPECT_TRUE(std::ranges::any_of(policy.notes, [](const std::string& note) {
        return note.starts_with("The policy takes 2 documents");
    }));
}

TEST(LeastPrivilege, IsTemplatedHarderWhenItWouldNotFitOtherwise) {
    Uses uses;
    for (int folder = 0; folder < 40; ++folder) {
        for (int i = 0; i < 5; ++i) {
            uses.push_back(
                use("s3:GetObject", "arn:aws:s3:::docs/" + std::to_string(folder) + "/" + std::to_string(i)));
        }
    }
    const GenerationLimits tight{.exact_resources_max = 100, .characters_max = 300, .documents_max = 1};
    const GeneratedPolicy policy = generate_policy(uses, tight);
    EXPECT_EQ(policy.documents.size(), 1U);
    EXPECT_EQ(policy.grants.size(), 1U);
    EXPECT_EQ(policy.grants.front().resource.text, "arn:aws:s3:::docs/*/*");
    EXPECT_TRUE(policy.notes.front().starts_with("So that it fits"));
}

TEST(LeastPrivilege, LeavesOutWhatNoPolicyCanName) {
    const GeneratedPolicy policy = generate_policy(
        Uses{use("s3:GetObject", "arn:aws:s3:::docs/\xff"), use("s3:GetObject", "arn:aws:s3:::d/a")});
    EXPECT_EQ(policy.grants.size(), 1U);
    EXPECT_EQ(policy.notes.front(),
              "Resources left out since their names are no UTF-8, which no policy can say: 1.");
}

}  // namespace
}  // namespace writ::advice
