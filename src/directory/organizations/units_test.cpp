// Organizational units (spec O1, O6, O8).
#include "directory/organizations/units.h"

#include "directory/internal/organizations/testing.h"

namespace writ::directory::organizations {
namespace {

using Units = OrganizationTest;

TEST_F(Units, AreLimitedInDepthAndNumber) {
    environment_.quotas.set(Quota::unit_depth, 2);
    environment_.quotas.set(Quota::units_per_organization, 3);
    make_organization();
    const auto first = make_unit(root_id(), "first");
    const auto second = make_unit(first->id, "second");
    ASSERT_TRUE(second);
    EXPECT_EQ(refusal(make_unit(second->id, "third")),
              "ConstraintViolationException OU_DEPTH_LIMIT_EXCEEDED");
    EXPECT_TRUE(make_unit(first->id, "third"));
    EXPECT_EQ(refusal(make_unit(first->id, "fourth")),
              "ConstraintViolationException OU_NUMBER_LIMIT_EXCEEDED");
}

TEST_F(Units, LieBelowRootsAndUnitsOnly) {
    make_organization();
    EXPECT_EQ(refusal(make_unit(account_id, "n")), "ParentNotFoundException");
    EXPECT_EQ(refusal(make_unit("r-none", "n")), "ParentNotFoundException");
    const auto list = [](const AccountView& account) { return list_units(account, account_id, {}); };
    EXPECT_EQ(refusal(view(list)), "ParentNotFoundException");
    const auto rename = [](AccountEdit& account) { return rename_unit(account, "ou-none-00000000", "n"); };
    EXPECT_EQ(refusal(edit(rename)), "OrganizationalUnitNotFoundException");
    const auto remove = [](AccountEdit& account) { return delete_unit(account, "ou-none-00000000"); };
    EXPECT_EQ(refusal(edit(remove)), "OrganizationalUnitNotFoundException");
}

}  // namespace
}  // namespace writ::directory::organizations
