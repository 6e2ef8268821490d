// What deciding must know of an account (spec 5.2, O8).
#include "directory/organizations/in_force.h"

#include "directory/internal/organizations/testing.h"

namespace writ::directory::organizations {
namespace {

class InForce : public OrganizationTest {
  protected:
    Result<Membership> membership(std::string_view id) {
        return view([&](const AccountView& account) {
            return read_membership(account.records, account.environment, id);
        });
    }
};

TEST_F(InForce, NoOrganizationIsNoMembership) {
    const auto found = membership(other_account_id);
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->organization_id.empty());
    EXPECT_FALSE(found->closed);
}

TEST_F(InForce, TheWayFromTheRootIsTold) {
    make_organization();
    const auto unit = make_unit(root_id(), "unit");
    const std::string member = make_member("member");
    ASSERT_TRUE(
        edit([&](AccountEdit& account) { return move_account(account, member, root_id(), unit->id); }));
    const auto found = membership(member);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->management_account_id, account_id);
    EXPECT_EQ(found->parent_path, found->organization_id + "/" + root_id() + "/" + unit->id + "/");
    ASSERT_EQ(found->levels.size(), 3U);
    EXPECT_EQ(found->levels[2].service_control.at(0).policy_id, "p-FullAWSAccess");
    EXPECT_TRUE(membership(account_id)->levels.empty()) << "its own policies never hold for the manager";
    ASSERT_TRUE(edit([&](AccountEdit& account) { return close_account(account, member); }));
    EXPECT_TRUE(membership(member)->closed);
}

}  // namespace
}  // namespace writ::directory::organizations
