#include "gateway/form_policy.h"

#include <gtest/gtest.h>

#include "base/text.h"

// Cases from "POST Policy" in the API reference of S3.
namespace writ::gateway {
namespace {

const Instant now = *parse_iso8601("2026-11-25T12:00:00Z");

Result<FormPolicy> parse(std::string_view json) {
    return parse_form_policy(base64_encode(as_bytes(json)));
}

std::string policy_with(std::string_view conditions) {
    return R"({"expiration": "2026-11-25T13:00:00.000Z", "conditions": [)" + std::string(conditions) + "]}";
}

/// The message; empty: the form is allowed.
std::string check(std::string_view conditions, const FormFields& fields, std::string_view bucket = "photos") {
    const auto policy = parse(policy_with(conditions));
    if (!policy) return policy.error().message;
    const auto checked = check_form_policy(*policy, fields, bucket, now);
    return checked ? "" : checked.error().message;
}

TEST(FormPolicy, TheExampleOfAws) {
    const auto policy = parse(
        "{ \"expiration\": \"2007-12-01T12:00:00.000Z\",\r\n"
        "  \"conditions\": [\r\n"
        "    {\"acl\": \"public-read\" },\r\n"
        "    {\"bucket\": \"johnsmith\" },\r\n"
        "    [\"starts-with\", \"$key\", \"user/eric/\"],\r\n"
        "  ]\r\n"
        "}\r\n");
    ASSERT_TRUE(policy) << policy.error().message;
    EXPECT_EQ(policy->expiration, *parse_iso8601("2007-12-01T12:00:00Z"));
    ASSERT_EQ(policy->conditions.size(), 3U);
    const FormFields fields{{"key", "user/eric/a"}, {"acl", "public-read"}};
    const Instant before = *parse_iso8601("2007-12-01T11:59:59Z");
    EXPECT_TRUE(check_form_policy(*policy, fields, "johnsmith", before));
    const auto expired = check_form_policy(*policy, fields, "johnsmith", policy->expiration);
    ASSERT_FALSE(expired);
    EXPECT_EQ(expired.error().code, "AccessDenied");
    EXPECT_EQ(expired.error().http_status, 403);
    EXPECT_EQ(expired.error().message, "Invalid according to Policy: Policy expired.");
}

TEST(FormPolicy, ExactMatches) {
    EXPECT_EQ(check(R"({"acl": "public-read"})", {{"acl", "public-read"}}), "");
    EXPECT_EQ(check(R"(["eq", "$ACL", "public-read"])", {{"Acl", "public-read"}}), "")
        << "names have no case";
    EXPECT_EQ(check(R"({"acl": "public-read"})", {{"acl", "private"}}),
              "Invalid according to Policy: Policy Condition failed: [\"eq\", \"$acl\", \"public-read\"]");
    EXPECT_NE(check(R"({"acl": "public-read"})", {{"acl", "Public-Read"}}), "") << "values have";
    EXPECT_NE(check(R"({"acl": "public-read"})", {}), "") << "a field that is not there";
    EXPECT_EQ(check(R"({"bucket": "photos"})", {}), "");
    EXPECT_EQ(check(R"({"bucket": "photos"})", {}, "other"),
              "Invalid according to Policy: Policy Condition failed: [\"eq\", \"$bucket\", \"photos\"]");
}

TEST(FormPolicy, Prefixes) {
    EXPECT_EQ(check(R"(["starts-with", "$key", "user/user1/"])", {{"key", "user/user1/a"}}), "");
    EXPECT_EQ(check(R"(["starts-with", "$key", "user/user1/"])", {{"key", "user/user2/a"}}),
              "Invalid according to Policy: Policy Condition failed: "
              "[\"starts-with\", \"$key\", \"user/user1/\"]");
    EXPECT_EQ(check(R"(["starts-with", "$success_action_redirect", ""])", {{"success_action_redirect", "x"}}),
              "");
    EXPECT_NE(check(R"(["starts-with", "$filename", ""])", {}), "") << "any content, but there";
}

TEST(FormPolicy, ContentTypesAreLists) {
    const std::string images = R"(["starts-with", "$Content-Type", "image/"])";
    EXPECT_EQ(check(images, {{"Content-Type", "image/jpg,image/png,image/gif"}}), "");
    EXPECT_NE(check(images, {{"Content-Type", "image/jpg,text/plain"}}), "");
    EXPECT_EQ(check(R"(["starts-with", "$x-amz-meta-a", "a"])", {{"x-amz-meta-a", "a,b"}}), "")
        << "others not";
}

TEST(FormPolicy, EveryFieldIsCovered) {
    EXPECT_EQ(check(R"({"key": "a"})", {{"key", "a"}, {"x-amz-meta-a", "b"}}),
              "Invalid according to Policy: Extra input fields: x-amz-meta-a");
    EXPECT_EQ(check(R"({"key": "a"})", {{"key", "a"},
                                        {"Policy", "e30="},
                                        {"X-Amz-Signature", "00"},
                                        {"x-ignore-me", "1"},
                                        {"bucket", "photos"}}),
              "");
    EXPECT_NE(check(R"({"key": "a"})", {{"key", "a"}, {"bucket", "other"}}), "") << "another bucket";
    EXPECT_NE(check(R"({"key": "a"})", {{"key", "a"}, {"X-Amz-Security-Token", "t"}}), "");
}

TEST(FormPolicy, RangesOfLengths) {
    const auto policy = parse(policy_with(R"(["content-length-range", 1048576, "10485760"])"));
    ASSERT_TRUE(policy);
    EXPECT_TRUE(check_file_range(policy->range, 1'048'576));
    EXPECT_TRUE(check_file_range(policy->range, 10'485'760));
    EXPECT_EQ(check_file_range(policy->range, 1'048'575).error().code, "EntityTooSmall");
    EXPECT_EQ(check_file_range(policy->range, 10'485'761).error().code, "EntityTooLarge");
    EXPECT_EQ(check(R"(["content-length-range", 1, 2])", {}), "") << "it is about no field";
}

TEST(FormPolicy, Escapes) {
    const auto policy = parse(policy_with(R"({"key": "\$a\v\u00fc\\$"})"));
    ASSERT_TRUE(policy) << policy.error().message;
    EXPECT_EQ(policy->conditions.front().value, "$a\vü\\$");
}

TEST(FormPolicy, WhatIsNoPolicy) {
    EXPECT_EQ(parse_form_policy("{}").error().code, "InvalidPolicyDocument");
    for (const std::string_view json :
         {"", "[]", "{}", R"({"expiration": "2026-11-25T13:00:00Z"})", R"({"conditions": []})",
          R"({"expiration": "soon", "conditions": []})", R"({"expiration": 1, "conditions": []})",
          R"({"expiration": "2026-11-25T13:00:00Z", "conditions": [], "conditions": []})",
          R"({"expiration": "2026-11-25T13:00:00Z", "conditions": [], "Conditions": []})",
          R"({"expiration": "2026-11-25T13:00:00Z", "conditions": []} more)"}) {
        EXPECT_FALSE(parse(json)) << json;
    }
    for (const std::string_view conditions :
         {R"("key")", R"({"key": "a", "acl": "b"})", "{}", R"({"key": 1})", R"(["eq", "$key"])",
          R"(["eq", "key", "a"])", R"(["like", "$key", "a"])", R"(["content-length-range", -1, 2])",
          R"(["content-length-range", 1, 2, 3])", R"([["eq"], "$key", "a"])"}) {
        EXPECT_FALSE(parse(policy_with(conditions))) << conditions;
    }
    EXPECT_FALSE(parse(std::string(100'000, '['))) << "deep";
    EXPECT_FALSE(parse(policy_with(R"({"key": "a)" + std::string(1, '\0') + R"("})")));
}

}  // namespace
}  // namespace writ::gateway
