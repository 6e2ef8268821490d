// Service control and resource control policies (spec O4, O5, O6).
#include "directory/organizations/policies.h"

#include "directory/internal/organizations/testing.h"

namespace writ::directory::organizations {
namespace {

class OrganizationPolicies : public OrganizationTest {
  protected:
    Result<Policy> update(const std::string& id, const PolicyChange& change) {
        return edit([&](AccountEdit& account) { return update_policy(account, id, change); });
    }
    Result<Root> enable(KnownPolicyType type) {
        return edit([&](AccountEdit& account) { return enable_policy_type(account, root_id(), type); });
    }
    Result<Root> disable(KnownPolicyType type) {
        return edit([&](AccountEdit& account) { return disable_policy_type(account, root_id(), type); });
    }
};

TEST_F(OrganizationPolicies, AreLimitedInNumberByType) {
    environment_.quotas.set(Quota::service_control_policies, 1);
    environment_.quotas.set(Quota::resource_control_policies, 1);
    make_organization();
    EXPECT_TRUE(make_policy("a", scp, deny_s3));
    EXPECT_EQ(refusal(make_policy("b", scp, deny_s3)),
              "ConstraintViolationException POLICY_NUMBER_LIMIT_EXCEEDED");
    EXPECT_TRUE(make_policy("a", rcp, deny_s3_to_all));
    EXPECT_EQ(refusal(make_policy("b", rcp, deny_s3_to_all)),
              "ConstraintViolationException POLICY_NUMBER_LIMIT_EXCEEDED");
}

TEST_F(OrganizationPolicies, AreLimitedInSizeWhenTheyAreMadeAndWhenTheyChange) {
    environment_.quotas.set(Quota::service_control_policy_size, 100);
    environment_.quotas.set(Quota::resource_control_policy_size, 120);
    make_organization();
    const std::string large = std::string(deny_s3) + std::string(60, ' ');
    EXPECT_EQ(refusal(make_policy("a", scp, large)),
              "ConstraintViolationException POLICY_CONTENT_LIMIT_EXCEEDED");
    const auto policy = make_policy("a", scp, deny_s3);
    ASSERT_TRUE(policy);
    EXPECT_EQ(refusal(update(policy->summary.id, {.content = large})),
              "ConstraintViolationException POLICY_CONTENT_LIMIT_EXCEEDED");
    EXPECT_EQ(refusal(make_policy("r", rcp, std::string(deny_s3_to_all) + std::string(60, ' '))),
              "ConstraintViolationException POLICY_CONTENT_LIMIT_EXCEEDED");
    EXPECT_TRUE(make_policy("r", rcp, deny_s3_to_all));
}

TEST_F(OrganizationPolicies, KeepANameWhenTheyChange) {
    make_organization();
    const auto policy = make_policy("a", scp, deny_s3);
    EXPECT_EQ(refusal(update(policy->summary.id, {.name = ""})), "InvalidInputException MIN_LENGTH_EXCEEDED");
    EXPECT_EQ(refusal(update("p-FullAWSAccess", {.name = "n"})), "InvalidInputException IMMUTABLE_POLICY");
    EXPECT_EQ(refusal(update("p-nothere0", {.name = "n"})), "PolicyNotFoundException");
}

TEST_F(OrganizationPolicies, AreAttachedToATargetAtMostSoManyTimesByType) {
    environment_.quotas.set(Quota::service_control_policies_per_target, 2);
    environment_.quotas.set(Quota::resource_control_policies_per_target, 3);
    make_organization();
    ASSERT_TRUE(enable(rcp));
    const auto attach_new = [&](const std::string& name, KnownPolicyType type, const char* content) {
        const auto policy = make_policy(name, type, content);
        return refusal(attach(policy->summary.id, root_id()));
    };
    const std::string full = "ConstraintViolationException MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED";
    EXPECT_EQ(attach_new("a", scp, deny_s3), "");  // The policy of AWS is attached already.
    EXPECT_EQ(attach_new("b", scp, deny_s3), full);
    EXPECT_EQ(attach_new("a", rcp, deny_s3_to_all), "");
    EXPECT_EQ(attach_new("b", rcp, deny_s3_to_all), "");
    EXPECT_EQ(attach_new("c", rcp, deny_s3_to_all), full);
}

TEST_F(OrganizationPolicies, DoNotExistWithConsolidatedBilling) {
    make_organization(store::FeatureSet::consolidated_billing);
    const std::string unavailable = "PolicyTypeNotAvailableForOrganizationException";
    EXPECT_EQ(refusal(make_policy("a", scp, deny_s3)), unavailable);
    EXPECT_EQ(refusal(enable(scp)), unavailable);
    const auto all = view([](const AccountView& account) { return list_policies(account, scp, {}); });
    EXPECT_TRUE(all->items.empty());
}

// Tag policies and the like: there are none, but whoever is in no organization hears that first.
TEST_F(OrganizationPolicies, OfOtherTypesAreNotHere) {
    const KnownPolicyType other = policy_type_of("TAG_POLICY");
    ASSERT_FALSE(other);
    const auto list = [&](const PageRequest& page) {
        return view([&](const AccountView& account) { return list_policies(account, other, page); });
    };
    const auto of_target = [&](const std::string& target) {
        return view(
            [&](const AccountView& account) { return list_policies_of_target(account, target, other, {}); });
    };
    const std::string outside = "AWSOrganizationsNotInUseException";
    EXPECT_EQ(refusal(list({})), outside);
    EXPECT_EQ(refusal(of_target(account_id)), outside);
    EXPECT_EQ(refusal(make_policy("a", other, "{}")), outside);
    EXPECT_EQ(refusal(enable(other)), outside);
    EXPECT_EQ(refusal(disable(other)), outside);
    make_organization();
    EXPECT_TRUE(list({})->items.empty());
    EXPECT_EQ(refusal(list({.marker = "made up"})), "ValidationError INVALID_NEXT_TOKEN");
    EXPECT_TRUE(of_target(account_id)->items.empty());
    EXPECT_EQ(refusal(of_target(other_account_id)), "TargetNotFoundException");
    EXPECT_EQ(refusal(make_policy("a", other, "{}")), "PolicyTypeNotAvailableForOrganizationException");
    EXPECT_EQ(refusal(enable(other)), "PolicyTypeNotAvailableForOrganizationException");
    EXPECT_EQ(refusal(disable(other)), "PolicyTypeNotEnabledException");
}

}  // namespace
}  // namespace writ::directory::organizations
