#include "cli/unknown_actions.h"

#include <gtest/gtest.h>

#include "policy/parse.h"

namespace writ::cli {
namespace {

TEST(SuggestAction, FindsTheNameNearby) {
    EXPECT_EQ(suggest_action("s3:GetObjct"), "Did you mean s3:GetObject?");
}

TEST(SuggestAction, FindsTheServiceNearby) {
    EXPECT_EQ(suggest_action("dynamodbb:GetItem"), "Did you mean dynamodb:GetItem?");
    EXPECT_EQ(suggest_action("dynamodbb:Get*"), "Did you mean dynamodb:Get*?");
    EXPECT_EQ(suggest_action("lamda"), "Did you mean lambda?");
}

TEST(SuggestAction, FindsTheServiceThatHasTheAction) {
    EXPECT_EQ(suggest_action("organization-of-mine:AssumeRoleWithSAML"),
              "Did you mean sts:AssumeRoleWithSAML?");
}

TEST(SuggestAction, SaysNothingWhenNothingIsNear) {
    EXPECT_EQ(suggest_action("s3:LaunchRocketToMars"), "");
    EXPECT_EQ(suggest_action("xqzwvk:Nothing"), "");
}

TEST(UnknownActions, AreFoundInActionAndNotAction) {
    const auto document = policy::parse(R"({"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjct", "s3:Get*"], "Resource": "*"},
  {"Effect": "Deny", "NotAction": "nosuchthing:*", "Resource": "*"},
  {"Effect": "Allow", "Action": "*", "Resource": "*"}]})");
    ASSERT_TRUE(document);
    const auto found = find_unknown_actions(**document);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].message, "s3:GetObjct is no action of Amazon S3");
    EXPECT_EQ(found[0].hint, "Did you mean s3:GetObject?");
    EXPECT_EQ(found[0].span.begin.line, 2U);
    EXPECT_EQ(found[1].message, "No service has the prefix nosuchthing");
    EXPECT_EQ(found[1].hint, "`writ reference` lists the services.");
}

TEST(UnknownActions, AreNamedByPatternsToo) {
    const auto document =
        policy::parse(R"({"Statement": {"Effect": "Allow", "Action": "s3:Fetch*", "Resource": "*"}})");
    ASSERT_TRUE(document);
    const auto found = find_unknown_actions(**document);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].message, "s3:Fetch* matches no action of Amazon S3");
    EXPECT_EQ(found[0].hint, "`writ reference s3` lists its actions.");
}

}  // namespace
}  // namespace writ::cli
