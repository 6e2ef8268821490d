#include "directory/internal/policies/managed.h"

#include <algorithm>
#include <gmock/gmock.h>

#include "crypto/access_key.h"
#include "directory/internal/testing_policies.h"

namespace writ::directory {
namespace {

TEST(ManagedPolicies, HaveAnIdMadeFromTheArn) {  // S15
    const std::string id = aws_policy_id(*find_aws_policy("aws", read_only));
    EXPECT_EQ(id, aws_policy_id(*find_aws_policy("aws", read_only)));
    EXPECT_NE(id, aws_policy_id(*find_aws_policy("aws", support_service_role)));
    EXPECT_EQ(id.size(), 21U);
    EXPECT_EQ(id.substr(0, 4), "ANPA");
    EXPECT_EQ(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos);
    EXPECT_FALSE(crypto::account_of_id(id));  // AWS is no account of ours.
}

TEST(ManagedPolicies, OfAwsStandInOrderUnderNamesOfTheirOwn) {
    const auto policies = aws_policies_by_name();
    EXPECT_EQ(policies.size(), reference::managed_policy_count());
    const auto not_ascending = std::ranges::adjacent_find(
        policies, [](const auto& a, const auto& b) { return a.name_folded >= b.name_folded; });
    EXPECT_EQ(not_ascending, policies.end());
}

TEST(ManagedPolicies, OfOrganizationsAreNotOfIam) {
    EXPECT_NE(find_aws_policy("aws", read_only), nullptr);
    EXPECT_EQ(
        find_aws_policy("aws", "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess"),
        nullptr);
    EXPECT_EQ(find_aws_policy("aws", "arn:aws:iam::aws:policy/NoSuchPolicy"), nullptr);
}

TEST(ManagedPolicies, OfAwsAreThereInEveryPartition) {
    const auto* aws = find_aws_policy("aws-cn", "arn:aws-cn:iam::aws:policy/AWSLambdaExecute");
    ASSERT_NE(aws, nullptr);
    EXPECT_EQ(aws, find_aws_policy("aws", "arn:aws:iam::aws:policy/AWSLambdaExecute"));
    EXPECT_EQ(arn_in("aws-cn", *aws), "arn:aws-cn:iam::aws:policy/AWSLambdaExecute");
    EXPECT_EQ(arn_in("aws", *aws), "arn:aws:iam::aws:policy/AWSLambdaExecute");
    EXPECT_EQ(find_aws_policy("aws-cn", "arn:aws:iam::aws:policy/AWSLambdaExecute"), nullptr);
    EXPECT_EQ(find_aws_policy("aws", "arn:aws-cn:iam::aws:policy/AWSLambdaExecute"), nullptr);
    EXPECT_THAT(document_in("aws", *aws), testing::HasSubstr("arn:aws:logs:*:*:*"));
    EXPECT_THAT(document_in("aws-cn", *aws), testing::HasSubstr("arn:aws-cn:logs:*:*:*"));
    EXPECT_THAT(document_in("aws-cn", *aws), Not(testing::HasSubstr("arn:aws:")));
}

TEST(ManagedPolicies, CountTheirVersionsFromOne) {
    EXPECT_EQ(version_id_of(12), "v12");
    EXPECT_EQ(version_of("v12"), 12);
    for (const char* text :
         {"", "v", "12", "v0", "v01", "v1.1", "v-1", "V1", "v1 ", "v99999999999999999999"}) {
        EXPECT_EQ(version_of(text), std::nullopt) << text;
    }
}

TEST(ManagedPolicies, TellPathAndNameByTheArn) {
    const auto place = place_of("arn:aws:iam::111122223333:policy/a/b/c");
    ASSERT_TRUE(place);
    EXPECT_EQ(place->path, "/a/b/");
    EXPECT_EQ(place->name, "c");
    EXPECT_FALSE(place_of("arn:aws:iam::111122223333:user/c"));
    EXPECT_FALSE(place_of("arn:aws:s3:::policy/c"));
    EXPECT_FALSE(place_of("policy/c"));
}

}  // namespace
}  // namespace writ::directory
