#include "gateway/internal/mapping/resource_template.h"

#include <gmock/gmock.h>

#include "gateway/internal/mapping/mapping_test_support.h"
#include "gateway/internal/mapping/row_condition.h"

namespace writ::gateway::internal {
namespace {

using ::testing::ElementsAre;
using testing::parameters_of;
using testing::place;

struct Request {
    explicit Request(std::string_view json)
        : service(*reference::find_request_service("dynamodb")),
          operation(*reference::find_request_operation(service, "Query")),
          parameters(parameters_of(operation, json)) {}

    [[nodiscard]] std::vector<std::string> fill(std::string_view text) const {
        auto filled = ResourceTemplate(text).fill({service, operation, parameters, place}, {});
        return filled ? *filled : std::vector<std::string>{"error"};
    }

    const reference::RequestService& service;
    const reference::RequestOperation& operation;
    Parameters parameters;
};

TEST(ResourceTemplate, FillsHoles) {
    const Request request(R"({"TableName":"t","IndexName":"i","AttributesToGet":["a","b"]})");
    EXPECT_THAT(request.fill("arn:{partition}:x:{region}:{account}:{TableName}"),
                ElementsAre("arn:aws:x:eu-west-1:111122223333:t"));
    EXPECT_THAT(request.fill("{TableName}[/index/{IndexName}]"), ElementsAre("t/index/i"));
    EXPECT_THAT(request.fill("{AttributesToGet[]}/{TableName}"), ElementsAre("a/t", "b/t"));
    EXPECT_THAT(request.fill("{TableName,IndexName}"), ElementsAre("t", "i"));
    EXPECT_THAT(request.fill("{Select}"), ElementsAre("error"));
    EXPECT_THAT(request.fill("{TableName}[/select/{Select}]"), ElementsAre("t"));
}

TEST(ResourceTemplate, RefusesEmptyValues) {
    EXPECT_THAT(Request(R"({"TableName":""})").fill("{TableName}"), ElementsAre("error"));
}

TEST(ResourceTemplate, TakesArnsOnlyWhereTheHoleAsksForThem) {
    const Request request(R"({"TableName":"arn:aws:x:eu-west-1:444455556666:t/n"})");
    EXPECT_THAT(request.fill("arn:{partition}:x:{region}:{account}:t/{TableName|arn}"),
                ElementsAre("arn:aws:x:eu-west-1:444455556666:t/n"));
    EXPECT_THAT(request.fill("arn:{partition}:x:{region}:{account}:t/{TableName|arn}/more"),
                ElementsAre("arn:aws:x:eu-west-1:444455556666:t/n/more"));
    EXPECT_THAT(request.fill("arn:{partition}:x:{region}:{account}:t/{TableName}"),
                ElementsAre("arn:aws:x:eu-west-1:111122223333:t/arn:aws:x:eu-west-1:444455556666:t/n"));
    EXPECT_THAT(request.fill("arn:{partition}:y:{region}:{account}:t/{TableName|arn}"), ElementsAre("error"));
    EXPECT_THAT(request.fill("arn:{partition}:x:{region}:{account}:u/{TableName|arn}"), ElementsAre("error"));
}

TEST(ResourceTemplate, PutsWildcardsIntoPatterns) {
    EXPECT_EQ(wildcards_of_pattern("arn:${Partition}:s3:::${BucketName}/${ObjectName}"), "arn:*:s3:::*/*");
    EXPECT_EQ(wildcards_of_pattern("*"), "*");
}

TEST(RowCondition, HoldsByItsTerms) {
    const Request request(R"({"TableName":"t","Select":"COUNT","ConsistentRead":false})");
    const auto holds = [&](std::string_view text) { return condition_holds(text, request.parameters); };
    EXPECT_TRUE(holds(""));
    EXPECT_TRUE(holds("TableName"));
    EXPECT_FALSE(holds("IndexName"));
    EXPECT_TRUE(holds("!IndexName"));
    EXPECT_TRUE(holds("IndexName|TableName"));
    EXPECT_FALSE(holds("!IndexName|TableName"));
    EXPECT_FALSE(holds("TableName IndexName"));
    EXPECT_TRUE(holds("Select=COUNT TableName=t"));
    EXPECT_FALSE(holds("Select=count"));
    EXPECT_FALSE(holds("ConsistentRead !ConsistentRead=false"));
}

}  // namespace
}  // namespace writ::gateway::internal
