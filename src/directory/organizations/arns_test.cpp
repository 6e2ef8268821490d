// Ids and ARNs of Organizations (spec 9.1).
#include "directory/organizations/arns.h"

#include <gtest/gtest.h>
#include <regex>

#include "directory/internal/organizations/ids.h"

namespace writ::directory::organizations {
namespace {

using store::OrganizationPolicyType;

constexpr Place place{"aws", "o-abcdefghij", "111122223333"};

TEST(OrganizationArns, HaveTheFormsOfAws) {
    EXPECT_EQ(organization_arn(place), "arn:aws:organizations::111122223333:organization/o-abcdefghij");
    EXPECT_EQ(node_arn(place, "r-abcd"), "arn:aws:organizations::111122223333:root/o-abcdefghij/r-abcd");
    EXPECT_EQ(node_arn(place, "ou-abcd-12345678"),
              "arn:aws:organizations::111122223333:ou/o-abcdefghij/ou-abcd-12345678");
    EXPECT_EQ(node_arn(place, "444455556666"),
              "arn:aws:organizations::111122223333:account/o-abcdefghij/444455556666");
    EXPECT_EQ(policy_arn(place, OrganizationPolicyType::service_control, "p-12345678"),
              "arn:aws:organizations::111122223333:policy/o-abcdefghij/service_control_policy/p-12345678");
    EXPECT_EQ(policy_arn(place, OrganizationPolicyType::resource_control, "p-RCPFullAWSAccess"),
              "arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess");
    EXPECT_EQ(resource_policy_arn(place, "rp-1234"),
              "arn:aws:organizations::111122223333:resourcepolicy/o-abcdefghij/rp-1234");
    EXPECT_EQ(handshake_arn(place, store::HandshakeAction::invite, "h-12345678"),
              "arn:aws:organizations::111122223333:handshake/o-abcdefghij/invite/h-12345678");
}

TEST(OrganizationArns, TellTheTypeOfAPolicy) {
    for (const auto type :
         {OrganizationPolicyType::service_control, OrganizationPolicyType::resource_control}) {
        EXPECT_EQ(policy_type_in_arn(policy_arn(place, type, "p-12345678")), type);
        EXPECT_EQ(policy_type_of(name_of(type)), type);
    }
    EXPECT_EQ(
        policy_type_in_arn(policy_arn(place, OrganizationPolicyType::service_control, "p-FullAWSAccess")),
        OrganizationPolicyType::service_control);
    EXPECT_FALSE(policy_type_in_arn(node_arn(place, "r-abcd")));
    EXPECT_FALSE(policy_type_in_arn("*"));
    EXPECT_FALSE(policy_type_of("TAG_POLICY"));
}

TEST(OrganizationIds, HaveTheFormsOfAws) {
    SequenceRandom random(1);
    const auto matches = [](const std::string& id, const char* pattern) {
        return std::regex_match(id, std::regex(pattern));
    };
    for (int i = 0; i < 100; ++i) {
        EXPECT_TRUE(matches(new_organization_id(random), "o-[a-z0-9]{10,32}"));
        EXPECT_TRUE(matches(new_root_id(random), "r-[0-9a-z]{4,32}"));
        EXPECT_TRUE(matches(new_unit_id("r-abcd", random), "ou-abcd-[a-z0-9]{8,32}"));
        EXPECT_TRUE(matches(new_policy_id(random), "p-[0-9a-zA-Z_]{8,128}"));
        EXPECT_TRUE(matches(new_resource_policy_id(random), "rp-[0-9a-zA-Z_]{4,128}"));
        EXPECT_TRUE(matches(new_creation_id(random), "car-[a-z0-9]{8,32}"));
        EXPECT_TRUE(matches(new_handshake_id(random), "h-[0-9a-z]{8,32}"));
        EXPECT_TRUE(matches(new_account_id(random), "[1-9][0-9]{11}"));
    }
}

}  // namespace
}  // namespace writ::directory::organizations
