#include "engine/trust.h"

#include <gtest/gtest.h>

// Spec E3 and T3: the actions that a trust policy may name, which on a role it must allow.
namespace writ::engine {
namespace {

TEST(Trust, DecidesWhatATrustPolicyMayName) {
    for (const char* action :
         {"sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:SetContext",
          "sts:SetSourceIdentity", "sts:TagSession", "STS:assumerole", "sts:SETCONTEXT"}) {
        EXPECT_TRUE(asks_trust_policy(action)) << action;
    }
    for (const char* action :
         {"sts:AssumeRoot", "sts:GetCallerIdentity", "sts:GetSessionToken", "sts:GetFederationToken",
          "sts:AssumeRol", "sts:AssumeRole*", "iam:PassRole", "AssumeRole", "sts:", ""}) {
        EXPECT_FALSE(asks_trust_policy(action)) << action;
    }
}

}  // namespace
}  // namespace writ::engine
