#include "cli/near_misses.h"

#include <gtest/gtest.h>

#include "cases/read.h"

namespace writ::cli {
namespace {

// Asks bob's s3:GetObject on arn:aws:s3:::orders/1 under identity-based statements.
struct Asked {
    std::vector<cases::Case> cases;
    cases::Outcome outcome;
};

std::unique_ptr<Asked> ask(const std::string& statements) {
    auto read = cases::read_text(
        R"({"cases":[{"name":"n","principal":"arn:aws:iam::111122223333:user/bob","action":"s3:GetObject",)"
        R"("resource":"arn:aws:s3:::orders/1","policies":{"identity":[{"Version":"2012-10-17","Statement":[)" +
            statements + "]}]}}]}",
        "c.json", "/nowhere");
    auto asked = std::make_unique<Asked>();
    if (!read) return asked;
    asked->cases = std::move(*read);
    asked->outcome = cases::run(asked->cases.front(), Instant{});
    return asked;
}

std::vector<std::string> sids(const std::vector<NearMiss>& misses) {
    std::vector<std::string> names;
    for (const NearMiss& miss : misses) names.push_back(miss.trace->sid);
    return names;
}

constexpr const char* other_service = R"({"Sid":"Other","Effect":"Allow","Action":"sqs:*","Resource":"*"})";
constexpr const char* other_action =
    R"({"Sid":"Action","Effect":"Allow","Action":["sqs:*","s3:PutObject"],"Resource":"*"})";
constexpr const char* other_resource =
    R"({"Sid":"Resource","Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bills/*"})";
constexpr const char* other_condition =
    R"({"Sid":"Condition","Effect":"Allow","Action":"s3:*","Resource":"*",)"
    R"("Condition":{"StringEquals":{"aws:username":"eve"}}})";
constexpr const char* absent_key =
    R"({"Sid":"Absent","Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"x:y":"true"}}})";

TEST(NearMisses, OfADenialAreAllowsNearestFirst) {
    const auto asked = ask(std::string(other_service) + "," + other_action + "," + other_resource + "," +
                           other_condition + "," + absent_key);
    ASSERT_EQ(asked->cases.size(), 1U);
    const auto misses = find_near_misses(asked->cases.front(), asked->outcome);
    ASSERT_EQ(sids(misses), (std::vector<std::string>{"Condition", "Resource", "Action"}));
    EXPECT_EQ(
        misses[0].reasons,
        (std::vector<std::string>{"condition: StringEquals aws:username: expected \"eve\", actual \"bob\""}));
    EXPECT_EQ(
        misses[1].reasons,
        (std::vector<std::string>{"resource: arn:aws:s3:::orders/1 is not among \"arn:aws:s3:::bills/*\""}));
    EXPECT_EQ(misses[2].reasons,
              (std::vector<std::string>{"action: s3:GetObject is not among \"s3:PutObject\""}));
}

TEST(NearMisses, OfAnAllowAreDeniesOfActionAndResource) {
    const auto asked = ask(std::string(R"({"Effect":"Allow","Action":"*","Resource":"*"},)") + absent_key +
                           R"(,{"Sid":"Far","Effect":"Deny","Action":"s3:Put*","Resource":"*"})");
    ASSERT_EQ(asked->cases.size(), 1U);
    const auto misses = find_near_misses(asked->cases.front(), asked->outcome);
    ASSERT_EQ(sids(misses), (std::vector<std::string>{"Absent"}));
    EXPECT_EQ(misses[0].reasons, (std::vector<std::string>{"condition: Bool x:y: expected \"true\", but the "
                                                           "request has no such key"}));
}

TEST(NearMisses, OfAnExplicitDenialAreNone) {
    const auto asked =
        ask(std::string(R"({"Effect":"Deny","Action":"*","Resource":"*"},)") + other_condition);
    ASSERT_EQ(asked->cases.size(), 1U);
    EXPECT_TRUE(find_near_misses(asked->cases.front(), asked->outcome).empty());
}

TEST(QuotedList, IsCut) {
    EXPECT_EQ(quoted_list({}), "nothing");
    EXPECT_EQ(quoted_list({"a", "b"}), "\"a\", \"b\"");
    EXPECT_EQ(quoted_list({"a", "b", "c", "d", "e"}), "\"a\", \"b\", \"c\", … 2 more");
}

}  // namespace
}  // namespace writ::cli
