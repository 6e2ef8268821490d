// The accounts of an organization (spec O2, O3, O10).
#include "directory/organizations/members.h"

#include "directory/internal/organizations/testing.h"

namespace writ::directory::organizations {
namespace {

class Members : public OrganizationTest {
  protected:
    Result<void> close(const std::string& id) {
        return edit([&](AccountEdit& account) { return close_account(account, id); });
    }
    Result<void> remove(const std::string& id) {
        return edit([&](AccountEdit& account) { return remove_account(account, id); });
    }
    /// Rows as many creations and closings would leave them.
    void insert_closed_members(int count) {
        const auto organization = view([](const AccountView& account) { return own_organization(account); });
        ASSERT_TRUE(organization);
        ASSERT_TRUE(edit([&](AccountEdit& account) -> Result<void> {
            for (int i = 0; i < count; ++i) {
                const std::string id = std::to_string(500'000'000'000 + i);
                EXPECT_TRUE(account.writes.insert(
                    store::Account{.account_id = id, .created_at = clock_.now(), .closed_at = clock_.now()}));
                EXPECT_TRUE(account.writes.insert(
                    store::OrganizationMember{.account_id = id,
                                              .organization_id = organization->organization_id,
                                              .parent_id = organization->root_id,
                                              .joined_at = clock_.now()}));
            }
            return {};
        }));
    }
};

TEST_F(Members, AreLimitedAndOpenInvitationsCount) {
    environment_.quotas.set(Quota::accounts_per_organization, 3);
    make_organization();
    make_member("first");
    const auto invited = invite(other_account_id);
    ASSERT_TRUE(invited);
    EXPECT_EQ(refusal(create("second")), "ConstraintViolationException ACCOUNT_NUMBER_LIMIT_EXCEEDED");
    EXPECT_TRUE(cancel(invited->id));
    EXPECT_TRUE(create("second"));
    EXPECT_EQ(refusal(create("third")), "ConstraintViolationException ACCOUNT_NUMBER_LIMIT_EXCEEDED");
}

TEST_F(Members, AreClosedAtMostSoManyInThirtyDays) {
    make_organization();
    const std::string member = make_member("member");
    insert_closed_members(250);
    EXPECT_EQ(refusal(close(member)), "ConstraintViolationException CLOSE_ACCOUNT_QUOTA_EXCEEDED");
    clock_.advance(std::chrono::days(30));
    EXPECT_EQ(refusal(close(member)), "");
}

TEST_F(Members, AreClosedOnlyWithAllFeaturesAndOnlyWhenTheyAreMembers) {
    make_organization();
    EXPECT_EQ(refusal(close(other_account_id)), "AccountNotFoundException");
    EXPECT_EQ(refusal(remove(other_account_id)), "AccountNotFoundException");
    const auto outside = [](AccountEdit& account) { return close_account(account, account_id); };
    EXPECT_EQ(refusal(edit(outside, other_account_id)), "AWSOrganizationsNotInUseException");
}

TEST_F(Members, StayOpenWithConsolidatedBilling) {
    make_organization(store::FeatureSet::consolidated_billing);
    const std::string member = make_member("member");
    EXPECT_EQ(refusal(close(member)), "ConstraintViolationException ORGANIZATION_NOT_IN_ALL_FEATURES_MODE");
}

TEST_F(Members, HaveOneParentThatIsListedLikeMany) {
    make_organization();
    const std::string member = make_member("member");
    const auto parents = [&](const PageRequest& page) {
        return view([&](const AccountView& account) { return list_parents(account, member, page); });
    };
    const auto found = parents({.items_max = 1});
    ASSERT_TRUE(found);
    ASSERT_EQ(found->items.size(), 1U);
    EXPECT_EQ(found->items[0].id, root_id());
    EXPECT_TRUE(found->items[0].is_root);
    EXPECT_FALSE(found->marker);
    EXPECT_EQ(refusal(parents({.marker = "made up"})), "ValidationError INVALID_NEXT_TOKEN");
    for (const std::string& id : {root_id(), std::string(other_account_id)}) {
        const auto of = [&](const AccountView& account) { return list_parents(account, id, {}); };
        EXPECT_EQ(refusal(view(of)), "ChildNotFoundException") << id;
    }
    const auto roots = [&](const PageRequest& page, const char* of = account_id) {
        return view([&](const AccountView& account) { return list_roots(account, page); }, of);
    };
    EXPECT_EQ(roots({})->items.at(0).id, root_id());
    EXPECT_EQ(refusal(roots({.marker = "made up"})), "ValidationError INVALID_NEXT_TOKEN");
    EXPECT_EQ(refusal(roots({}, other_account_id)), "AWSOrganizationsNotInUseException");
}

}  // namespace
}  // namespace writ::directory::organizations
