// ListPoliciesGrantingServiceAccess by pages (spec 8.4, 8.15).
#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

class GrantingPolicies : public testing::Test, public World {
  protected:
    void SetUp() override { make_user("ada", allow("s3:*")); }
    /// Of the services "s3", "n1", "n2" ….
    Reply granting(int services, const std::string& marker = {}) {
        Parameters parameters{{"Arn", "arn:aws:iam::123456789012:user/ada"},
                              {"ServiceNamespaces.member.1", "s3"}};
        for (int i = 1; i < services; ++i) {
            parameters.emplace_back("ServiceNamespaces.member." + std::to_string(i + 1),
                                    "n" + std::to_string(i));
        }
        if (!marker.empty()) parameters.emplace_back("Marker", marker);
        return iam(root(), "ListPoliciesGrantingServiceAccess", parameters);
    }
};

TEST_F(GrantingPolicies, AreToldOfAHundredServicesAtATimeInTheOrderAskedFor) {
    const Reply first = granting(150);
    ASSERT_EQ(first.summary(), "200");
    EXPECT_EQ(first.text("IsTruncated"), "true");
    EXPECT_EQ(first.text("PolicyName"), "p");
    const Reply second = granting(150, first.text("Marker"));
    ASSERT_EQ(second.summary(), "200");
    EXPECT_EQ(second.text("IsTruncated"), "false");
    EXPECT_FALSE(second.has("Marker"));
    EXPECT_FALSE(second.has("PolicyName"));
    std::vector<std::string> told = first.texts("ServiceNamespace");
    EXPECT_EQ(told.size(), 100U);
    for (const std::string& service : second.texts("ServiceNamespace")) told.push_back(service);
    std::vector<std::string> asked{"s3"};
    for (int i = 1; i < 150; ++i) asked.push_back("n" + std::to_string(i));
    EXPECT_EQ(told, asked);
    EXPECT_EQ(granting(1).text("IsTruncated"), "false");
}

TEST_F(GrantingPolicies, RefuseTheMarkerOfAnotherList) {
    EXPECT_EQ(granting(2, "made-up").summary(), "400 ValidationError: Invalid Marker.");
    const std::string marker = granting(150).text("Marker");
    ASSERT_FALSE(marker.empty());
    EXPECT_EQ(granting(149, marker).summary(), "400 ValidationError: Invalid Marker.");
}

}  // namespace
}  // namespace writ::api
