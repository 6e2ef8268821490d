#include "base/partition.h"

#include <gtest/gtest.h>
#include <utility>

namespace writ {
namespace {

TEST(Partitions, FollowFromTheRegion) {
    for (const auto& [region, name] : {std::pair{"us-east-1", "aws"},
                                       {"eu-central-2", "aws"},
                                       {"anywhere", "aws"},
                                       {"", "aws"},
                                       {"cn-northwest-1", "aws-cn"},
                                       {"us-gov-east-1", "aws-us-gov"},
                                       {"us-iso-west-1", "aws-iso"},
                                       {"us-isob-east-1", "aws-iso-b"},
                                       {"eu-isoe-west-1", "aws-iso-e"},
                                       {"us-isof-south-1", "aws-iso-f"},
                                       {"eusc-de-east-1", "aws-eusc"}}) {
        EXPECT_EQ(partition_of_region(region).name, name) << region;
    }
}

TEST(Partitions, KnowWhereTheirGlobalServicesAre) {
    EXPECT_EQ(partition_of_name("aws").global_region, "us-east-1");
    EXPECT_EQ(partition_of_name("aws-cn").global_region, "cn-north-1");
    EXPECT_EQ(partition_of_name("aws-us-gov").global_region, "us-gov-west-1");
    EXPECT_EQ(partition_of_name("mine").global_region, "us-east-1");
}

}  // namespace
}  // namespace writ
