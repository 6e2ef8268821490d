#include "cli/policy_types.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace writ::cli {
namespace {

using policy::PolicyType;

TEST(PolicyTypes, HaveOneWordEach) {
    for (const std::string_view word :
         {"identity", "resource", "trust", "boundary", "session", "scp", "rcp", "endpoint"}) {
        SCOPED_TRACE(word);
        const auto type = policy_type_of(word);
        ASSERT_TRUE(type);
        EXPECT_EQ(word_of(*type), word);
    }
    EXPECT_FALSE(policy_type_of("SCP"));
    EXPECT_FALSE(policy_type_of(""));
}

// Spec 1.4.
TEST(SizeQuotas, AreThoseOfTheSpecification) {
    EXPECT_EQ(size_quotas(PolicyType::identity, true).front().characters_max, 6144U);
    EXPECT_EQ(size_quotas(PolicyType::identity, false).front().characters_max, 10240U);
    EXPECT_EQ(size_quotas(PolicyType::identity, false).back().characters_max, 2048U);
    EXPECT_EQ(size_quotas(PolicyType::boundary, false).front().characters_max, 6144U);
    EXPECT_EQ(size_quotas(PolicyType::session, false).front().characters_max, 2048U);
    EXPECT_EQ(size_quotas(PolicyType::trust, false).front().characters_max, 4096U);
    EXPECT_EQ(size_quotas(PolicyType::scp, false).front().characters_max, 10240U);
    EXPECT_EQ(size_quotas(PolicyType::rcp, false).front().characters_max, 5120U);
    EXPECT_EQ(size_quotas(PolicyType::endpoint, false).front().characters_max, 20480U);
    EXPECT_TRUE(size_quotas(PolicyType::resource, false).empty());
}

TEST(SizeQuotas, ComeWidestFirst) {
    for (const bool managed : {false, true})
        for (const PolicyType type :
             {PolicyType::identity, PolicyType::trust, PolicyType::scp, PolicyType::session})
            EXPECT_TRUE(std::ranges::is_sorted(size_quotas(type, managed), std::greater{},
                                               &SizeQuota::characters_max));
}

}  // namespace
}  // namespace writ::cli
