#include "cli/matching_patterns.h"

#include <gtest/gtest.h>

#include "cases/principal.h"
#include "engine/request_keys.h"
#include "policy/parse.h"

namespace writ::cli {
namespace {

// The columns where the matching patterns of a one-line statement begin.
std::vector<std::uint32_t> matching_columns(std::string_view text, PatternKind kind) {
    const auto document = policy::parse(text);
    if (!document) return {0};
    const policy::Statement& statement = (*document)->statements().front();
    const auto principal = cases::principal_of_arn("arn:aws:iam::111122223333:user/bob");
    if (!principal) return {0};
    engine::Context context;
    engine::set_principal_keys(context, *principal, {});
    const engine::Request request(*principal,
                                  {.action = "s3:GetObject", .resource = "arn:aws:s3:::home/bob/x"}, context);
    std::vector<std::uint32_t> columns;
    for (const policy::Span& span :
         matching_patterns(**document, kind == PatternKind::action ? *statement.action : *statement.resource,
                           kind, policy::PolicyType::identity, request))
        columns.push_back(span.begin.column);
    return columns;
}

TEST(MatchingPatterns, FindsActions) {
    EXPECT_EQ(matching_columns(
                  R"({"Statement":{"Effect":"Deny","Resource":"*","Action":["s3:Put*","S3:get*","*"]}})",
                  PatternKind::action),
              (std::vector<std::uint32_t>{66, 76}));
}

TEST(MatchingPatterns, KnowsVariablesOfTheVersion) {
    constexpr std::string_view modern =
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":["arn:aws:s3:::x","arn:aws:s3:::home/${aws:username}/*"]}})";
    constexpr std::string_view old =
        R"({"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":["arn:aws:s3:::x","arn:aws:s3:::home/${aws:username}/*"]}})";
    EXPECT_EQ(matching_columns(modern, PatternKind::resource).size(), 1U);
    EXPECT_TRUE(matching_columns(old, PatternKind::resource).empty());
}

TEST(MatchingPatterns, AreNoneOfANegatedElement) {
    EXPECT_TRUE(matching_columns(R"({"Statement":{"Effect":"Allow","Resource":"*","NotAction":"iam:*"}})",
                                 PatternKind::action)
                    .empty());
}

}  // namespace
}  // namespace writ::cli
