// The page "Policy templates" of the guide on temporary delegation: its examples, and what follows from them.
#include "policy/policy_template.h"

#include <gtest/gtest.h>

#include "policy/parse.h"

namespace writ::policy {
namespace {

using Parameters = std::vector<TemplateParameter>;
using Kind = TemplateFault::Kind;

constexpr std::size_t characters_max = 2048;

std::string document(std::string_view members) {
    return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",)" + std::string(members) + "}]}";
}

std::string of_resource(std::string_view resource, std::string_view more = {}) {
    return document(R"("Action":"s3:GetObject","Resource":)" + std::string(resource) + std::string(more));
}

std::expected<std::string, TemplateFault> render(const std::string& text, const Parameters& parameters,
                                                 std::size_t limit = characters_max) {
    const auto parsed = parse(text);
    EXPECT_TRUE(parsed) << text;
    return render_template(**parsed, parameters, limit);
}

const TemplateParameter bucket{.name = "bucketName", .values = {"my-bucket"}};
const TemplateParameter buckets{.name = "bucketNames", .values = {"bucket-1", "bucket-2"}, .is_list = true};

TEST(PolicyTemplate, PutsAValueInPlaceOfItsHole) {
    EXPECT_EQ(render(of_resource(R"("arn:aws:s3:::@{bucketName}/*")"), {bucket}),
              of_resource(R"("arn:aws:s3:::my-bucket/*")"));
    EXPECT_EQ(render(of_resource(R"( "arn:aws:s3:::@{bucketName}" )"), {bucket}),
              of_resource(R"("arn:aws:s3:::my-bucket")"))
        << "white space goes";
    EXPECT_EQ(render(of_resource(R"("*")"), {}), of_resource(R"("*")"));
}

TEST(PolicyTemplate, MakesAnEntryOfEachValue) {
    EXPECT_EQ(render(of_resource(R"("arn:aws:s3:::@{bucketNames}/*")"), {buckets}),
              of_resource(R"(["arn:aws:s3:::bucket-1/*","arn:aws:s3:::bucket-2/*"])"));
    EXPECT_EQ(render(of_resource(R"(["arn:aws:s3:::@{bucketNames}","arn:aws:s3:::b"])"), {buckets}),
              of_resource(R"(["arn:aws:s3:::bucket-1","arn:aws:s3:::bucket-2","arn:aws:s3:::b"])"));
}

TEST(PolicyTemplate, MakesAnEntryOfEachCombination) {
    const TemplateParameter prefix{.name = "prefix", .values = {"data"}};
    EXPECT_EQ(render(of_resource(R"("arn:aws:s3:::@{bucketNames}/@{prefix}/*")"), {buckets, prefix}),
              of_resource(R"(["arn:aws:s3:::bucket-1/data/*","arn:aws:s3:::bucket-2/data/*"])"));
    const TemplateParameter prefixes{.name = "prefixes", .values = {"a", "b"}, .is_list = true};
    EXPECT_EQ(render(of_resource(R"("arn:aws:s3:::@{bucketNames}/@{prefixes}")"), {prefixes, buckets}),
              of_resource(R"(["arn:aws:s3:::bucket-1/a","arn:aws:s3:::bucket-1/b",)"
                          R"("arn:aws:s3:::bucket-2/a","arn:aws:s3:::bucket-2/b"])"));
}

TEST(PolicyTemplate, FillsActionsAndConditionsToo) {
    const TemplateParameter verb{.name = "verbs", .values = {"Get*", "List*"}, .is_list = true};
    EXPECT_EQ(
        render(document(R"("Action":"s3:@{verbs}","Resource":"*","Condition":{"StringLike":)"
                        R"({"s3:prefix":["@{bucketName}/x","y"]},"Bool":{"aws:SecureTransport":true}})"),
               {verb, bucket}),
        document(R"("Action":["s3:Get*","s3:List*"],"Resource":"*","Condition":{"StringLike":)"
                 R"({"s3:prefix":["my-bucket/x","y"]},"Bool":{"aws:SecureTransport":true}})"));
}

TEST(PolicyTemplate, TakesValuesForTextAndNothingElse) {
    const TemplateParameter evil{.name = "bucketName", .values = {R"(x","*"],"NotAction":"\)"}};
    const auto rendered = render(of_resource(R"("arn:aws:s3:::@{bucketName}")"), {evil});
    ASSERT_TRUE(rendered);
    const auto parsed = parse(*rendered);
    ASSERT_TRUE(parsed);
    ASSERT_EQ((*parsed)->statements()[0].resource->patterns.size(), 1U);
    EXPECT_EQ(*rendered, of_resource(R"("arn:aws:s3:::x\",\"*\"],\"NotAction\":\"\\")"));
    const TemplateParameter nested{.name = "bucketName", .values = {"@{bucketName}"}};
    EXPECT_EQ(render(of_resource(R"("arn:aws:s3:::@{bucketName}")"), {nested}),
              of_resource(R"("arn:aws:s3:::@{bucketName}")"))
        << "filled once";
    EXPECT_EQ(render(of_resource(R"("arn:aws:s3:::@{open")"), {}), of_resource(R"("arn:aws:s3:::@{open")"));
}

TEST(PolicyTemplate, WantsAParameterForEachHoleAndAHoleForEachParameter) {
    const auto missing = render(of_resource(R"("arn:aws:s3:::@{bucketName}/@{other}")"), {bucket});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, Kind::missing);
    EXPECT_EQ(missing.error().parameter, "other");
    const auto unused = render(of_resource(R"("*")"), {bucket});
    ASSERT_FALSE(unused);
    EXPECT_EQ(unused.error().kind, Kind::unused);
    EXPECT_EQ(unused.error().parameter, "bucketName");
}

TEST(PolicyTemplate, IsBounded) {
    const std::string text = of_resource(R"("arn:aws:s3:::@{bucketName}")");
    const std::size_t size = render(text, {bucket})->size();
    EXPECT_TRUE(render(text, {bucket}, size));
    const auto longer = render(text, {bucket}, size - 1);
    ASSERT_FALSE(longer);
    EXPECT_EQ(longer.error().kind, Kind::too_long);
    // A thousand to the tenth power.
    TemplateParameter many{.name = "many", .values = {}, .is_list = true};
    for (int i = 0; i < 1000; ++i) many.values.push_back(std::to_string(i));
    std::string holes;
    for (int i = 0; i < 10; ++i) holes += "@{many}";
    const auto exploding = render(of_resource("\"" + holes + "\""), {many});
    ASSERT_FALSE(exploding);
    EXPECT_EQ(exploding.error().kind, Kind::too_long);
}

}  // namespace
}  // namespace writ::policy
