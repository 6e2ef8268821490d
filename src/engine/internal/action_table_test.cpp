#include "engine/internal/action_table.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

#include "engine/internal/testing.h"

namespace writ::engine {
namespace {

const Principal caller = testing::user();
const Context context;

Request ask(std::string_view action) {
    return {caller, {.action = action, .resource = "*"}, context};
}

// Action or NotAction of a policy, made ready.
class Compiled {
  public:
    explicit Compiled(std::span<const std::string> patterns, bool negated = false) {
        for (const std::string& pattern : patterns) scalars_.push_back({pattern, {}, {}});
        std::vector<Token> scratch;
        element_ = compile_actions({negated, scalars_, true, {}}, arena_, scratch);
    }
    [[nodiscard]] const ActionElement& element() const { return element_; }

  private:
    std::vector<policy::Scalar> scalars_;
    Arena arena_{1024};
    ActionElement element_;
};

std::vector<std::string> numbered(std::string_view beginning, int count) {
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) names.push_back(std::string(beginning) + std::to_string(i));
    return names;
}

std::vector<std::string> joined(std::vector<std::string> names, const std::vector<std::string>& more) {
    names.insert(names.end(), more.begin(), more.end());
    return names;
}

TEST(ActionTable, FindsNamesAndWildcardsOfLongLists) {
    const Compiled list(joined(numbered("s3:Get", 40), {"ec2:Describe*", "EC2:*Image", "sqs:SendMessage"}));
    ASSERT_NE(list.element().table, nullptr);
    for (const std::string_view action :
         {"s3:Get0", "s3:get39", "S3:GET7", "ec2:DescribeTags", "ec2:copyimage", "sqs:SendMessage"})
        EXPECT_TRUE(matches(list.element(), ask(action))) << action;
    for (const std::string_view action : {"s3:Get40", "s3:Get", "ec2:Describ", "ec2",
                                          "ec2:", "sqs:SendMessages", "describe:ec2", "iam:GetUser"})
        EXPECT_FALSE(matches(list.element(), ask(action))) << action;
}

TEST(ActionTable, TriesWhatNamesNoServiceForEveryAction) {  // A3, ?4
    const auto filler = numbered("s3:Get", 20);
    EXPECT_TRUE(matches(Compiled(joined(filler, {"*"})).element(), ask("iam:GetUser")));
    const Compiled globs(joined(filler, {"i?m:Get*"}));
    EXPECT_TRUE(matches(globs.element(), ask("iam:GetUser")));
    EXPECT_FALSE(matches(globs.element(), ask("iam:ListUsers")));
}

TEST(ActionTable, NegatesTheWholeList) {
    const Compiled list(joined(numbered("s3:Get", 20), {"ec2:*"}), true);
    EXPECT_FALSE(matches(list.element(), ask("s3:Get3")));
    EXPECT_FALSE(matches(list.element(), ask("ec2:RunInstances")));
    EXPECT_TRUE(matches(list.element(), ask("iam:GetUser")));
}

TEST(ActionTable, MatchesNothingWhenNoPatternIsComplete) {  // A2
    const Compiled list(std::vector<std::string>(20, "s3"));
    EXPECT_FALSE(matches(list.element(), ask("s3:GetObject")));
    EXPECT_FALSE(matches(list.element(), ask("s3")));
}

TEST(ActionTable, AnswersAsTryingEveryPatternDoes) {
    std::mt19937 random(1);
    const auto pick = [&](std::span<const std::string_view> from) { return from[random() % from.size()]; };
    constexpr std::string_view services[]{"s3", "s3x", "ec2", "iam", "s*", "*"};
    constexpr std::string_view names[]{"Get", "GetA", "GetAB", "Put", "G*", "*A", "*", "Get?", ""};
    int found = 0;
    for (int round = 0; round < 2000; ++round) {
        std::vector<std::string> patterns;
        const std::size_t services_used = round % 4 == 0 ? 6 : 3;
        for (std::size_t i = 0; i < 9 + random() % 8; ++i) {
            patterns.push_back(std::string(pick(std::span(services).first(services_used))) + ":");
            patterns.back() += pick(names);
        }
        const Compiled list(patterns);
        ASSERT_NE(list.element().table, nullptr);
        const std::string action = std::string(pick(std::span(services).first(4))) + ":" +
                                   std::string(pick(std::span(names).first(4)));
        const Request request = ask(action);
        const bool any = std::ranges::any_of(
            list.element().patterns, [&](const ActionPattern& pattern) { return matches(pattern, request); });
        EXPECT_EQ(matches(list.element(), request), any) << action;
        found += any ? 1 : 0;
    }
    EXPECT_GT(found, 200);
    EXPECT_LT(found, 1900);
}

}  // namespace
}  // namespace writ::engine
