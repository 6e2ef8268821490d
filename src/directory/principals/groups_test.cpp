#include "directory/principals/groups.h"

#include "crypto/access_key.h"
#include "directory/internal/testing_entities.h"

namespace writ::directory {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using GroupsTest = EntityTest<GroupFunctions>;

TEST_F(GroupsTest, ANewGroupHasIdArnAndDate) {
    const auto group = create({.name = "Ops", .path = "/eu/"});
    ASSERT_TRUE(group);
    EXPECT_EQ(crypto::kind_of_id(group->group_id), crypto::IdKind::group);
    EXPECT_EQ(group->name, "Ops");
    EXPECT_EQ(group->path, "/eu/");
    EXPECT_EQ(group->arn, "arn:aws:iam::111122223333:group/eu/Ops");
    EXPECT_EQ(group->created_at, clock_.now());
}

TEST_F(GroupsTest, NamesAreUniqueWithoutCase) {
    ASSERT_TRUE(create({.name = "Ops"}));
    EXPECT_EQ(error_of(create({.name = "OPS", .path = "/x/"})),
              (Error{"EntityAlreadyExists", 409, "Group with name OPS already exists."}));
    EXPECT_EQ(get("ops")->name, "Ops");
    EXPECT_EQ(error_of(get("dev")), (Error{"NoSuchEntity", 404, "The group with name dev cannot be found."}));
}

TEST_F(GroupsTest, PathsFollowTheirRule) {
    EXPECT_EQ(error_of(create({.name = "ops", .path = "//"})).code, "ValidationError");
    ASSERT_TRUE(create({.name = "ops"}));
    EXPECT_EQ(error_of(update("ops", {.path = "x/"})).code, "ValidationError");
}

TEST_F(GroupsTest, AreLimitedByTheQuota) {
    environment_.quotas.set(Quota::groups_per_account, 1);
    ASSERT_TRUE(create({.name = "a"}));
    EXPECT_EQ(error_of(create({.name = "b"})),
              (Error{"LimitExceeded", 409, "Cannot exceed quota for GroupsPerAccount: 1"}));
    ASSERT_TRUE(remove("a"));
    EXPECT_TRUE(create({.name = "b"}));
}

TEST_F(GroupsTest, ARenamedGroupKeepsIdAndMembersAndMovesItsArn) {
    const auto before = create({.name = "ops"});
    ASSERT_TRUE(edit([](AccountEdit& account) { return create_user(account, {.name = "ada"}); }));
    ASSERT_TRUE(edit([](AccountEdit& account) { return add_user_to_group(account, "ops", "ada"); }));
    const auto after = update("OPS", {.name = "Sre", .path = "/eu/"});
    ASSERT_TRUE(after);
    EXPECT_EQ(after->group_id, before->group_id);
    EXPECT_EQ(after->arn, "arn:aws:iam::111122223333:group/eu/Sre");
    const auto group = view([](const AccountView& account) { return get_group(account, "sre", {}); });
    ASSERT_EQ(group->members.items.size(), 1U);
    EXPECT_EQ(error_of(get("ops")).code, "NoSuchEntity");
    EXPECT_EQ(update("sre", {.name = "ops"})->path, "/eu/");
}

TEST_F(GroupsTest, RenamingHoldsTheUniquenessOfNames) {
    ASSERT_TRUE(create({.name = "ops"}));
    ASSERT_TRUE(create({.name = "dev"}));
    EXPECT_EQ(error_of(update("dev", {.name = "Ops"})),
              (Error{"EntityAlreadyExists", 409, "Group with name Ops already exists."}));
    EXPECT_EQ(error_of(update("qa", {.name = "x"})).message, "The group with name qa cannot be found.");
}

TEST_F(GroupsTest, RenamingReordersTheEntitiesOfPolicies) {
    for (const char* name : {"a", "m"}) {
        ASSERT_TRUE(create({.name = name}));
        ASSERT_TRUE(edit([&](AccountEdit& account) {
            return attach_policy(account, {.kind = OwnerKind::group, .name = name}, read_only);
        }));
    }
    ASSERT_TRUE(update("a", {.name = "z"}));
    const auto entities =
        view([](const AccountView& account) { return list_entities_for_policy(account, read_only, {}, {}); });
    ASSERT_EQ(entities->items.size(), 2U);
    EXPECT_EQ(entities->items[0].name, "m");
    EXPECT_EQ(entities->items[1].name, "z");
}

// Spec 8.3: members, inline, attached.
TEST_F(GroupsTest, AreDeletedOnlyWithoutMembersAndPolicies) {
    ASSERT_TRUE(create({.name = "ops"}));
    const PolicyOwner ops{.kind = OwnerKind::group, .name = "ops"};
    ASSERT_TRUE(edit([](AccountEdit& account) { return create_user(account, {.name = "ada"}); }));
    ASSERT_TRUE(edit([](AccountEdit& account) { return add_user_to_group(account, "ops", "ada"); }));
    ASSERT_TRUE(edit([&](AccountEdit& account) { return put_inline_policy(account, ops, "p", allow_list); }));
    ASSERT_TRUE(edit([&](AccountEdit& account) { return attach_policy(account, ops, read_only); }));

    EXPECT_EQ(error_of(remove("ops")), delete_conflict_of("remove users from group first."));
    ASSERT_TRUE(edit([](AccountEdit& account) { return remove_user_from_group(account, "ops", "ada"); }));
    EXPECT_EQ(error_of(remove("ops")), delete_conflict_of("delete policies first."));
    ASSERT_TRUE(edit([&](AccountEdit& account) { return delete_inline_policy(account, ops, "p"); }));
    EXPECT_EQ(error_of(remove("ops")), delete_conflict_of("detach all policies first."));
    ASSERT_TRUE(edit([&](AccountEdit& account) { return detach_policy(account, ops, read_only); }));
    EXPECT_TRUE(remove("ops"));
    EXPECT_EQ(error_of(remove("ops")).message, "The group with name ops cannot be found.");
}

TEST_F(GroupsTest, AreListedByNameWithoutCaseAndByPathPrefix) {
    ASSERT_TRUE(create({.name = "b", .path = "/eu/"}));
    ASSERT_TRUE(create({.name = "C"}));
    ASSERT_TRUE(create({.name = "A", .path = "/eu/de/"}));
    EXPECT_THAT(names(), ElementsAre("A", "b", "C"));
    EXPECT_THAT(names("/eu/"), ElementsAre("A", "b"));
    EXPECT_THAT(names("/us/"), IsEmpty());
}

TEST_F(GroupsTest, TellTheFeedThatTheyChanged) {
    const std::string id = create({.name = "ops"})->group_id;
    EXPECT_THAT(touched_by([](AccountEdit& account) { return update_group(account, "ops", {.name = "x"}); }),
                ElementsAre(store::Entity{store::EntityKind::group, account_id, id}));
}

}  // namespace
}  // namespace writ::directory
