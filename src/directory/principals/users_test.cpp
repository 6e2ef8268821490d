#include "directory/principals/users.h"

#include "crypto/access_key.h"
#include "directory/credentials/access_keys.h"
#include "directory/internal/counters.h"
#include "directory/internal/testing_entities.h"

namespace writ::directory {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using UsersTest = EntityTest<UserFunctions>;

TEST_F(UsersTest, ANewUserHasIdArnAndDate) {
    const auto user = create({.name = "Ada", .path = "/lab/"});
    ASSERT_TRUE(user);
    EXPECT_EQ(crypto::kind_of_id(user->user_id), crypto::IdKind::user);
    EXPECT_EQ(crypto::account_of_id(user->user_id), account_id);
    EXPECT_EQ(user->name, "Ada");
    EXPECT_EQ(user->path, "/lab/");
    EXPECT_EQ(user->arn, "arn:aws:iam::111122223333:user/lab/Ada");
    EXPECT_EQ(user->created_at, clock_.now());
    EXPECT_FALSE(user->boundary_arn);
    EXPECT_THAT(user->tags, IsEmpty());
    EXPECT_EQ(create({.name = "bob"})->arn, "arn:aws:iam::111122223333:user/bob");
}

TEST_F(UsersTest, ArnsHaveThePartition) {
    environment_.partition = "aws-cn";
    EXPECT_EQ(create({.name = "ada"})->arn, "arn:aws-cn:iam::111122223333:user/ada");
}

TEST_F(UsersTest, ANewUserCanHaveTagsAndABoundary) {
    const auto user = create({.name = "ada", .boundary_arn = read_only, .tags = {{"Team", "lab"}}});
    ASSERT_TRUE(user);
    EXPECT_EQ(user->boundary_arn, read_only);
    EXPECT_THAT(user->tags, ElementsAre(Tag{"Team", "lab"}));
    EXPECT_EQ(get("ada")->boundary_arn, read_only);
    EXPECT_THAT(get("ada")->tags, ElementsAre(Tag{"Team", "lab"}));
}

TEST_F(UsersTest, ABadTagOrBoundaryMakesNoUser) {
    EXPECT_EQ(error_of(create({.name = "ada", .tags = {{"aws:x", "1"}}})).code, "InvalidInput");
    EXPECT_EQ(error_of(create({.name = "ada", .boundary_arn = "arn:aws:iam::aws:policy/NoSuch"})).code,
              "NoSuchEntity");
    EXPECT_EQ(error_of(get("ada")).code, "NoSuchEntity");
}

// Spec B2.
TEST_F(UsersTest, NamesAreUniqueWithoutCaseAndWhateverThePath) {
    ASSERT_TRUE(create({.name = "Ada"}));
    const Error error = error_of(create({.name = "aDA", .path = "/other/"}));
    EXPECT_EQ(error, (Error{"EntityAlreadyExists", 409, "User with name aDA already exists."}));
    EXPECT_TRUE(
        edit([](AccountEdit& account) { return create_user(account, {.name = "ada"}); }, other_account_id));
}

TEST_F(UsersTest, AreFoundInAnyCase) {
    ASSERT_TRUE(create({.name = "Ada"}));
    EXPECT_EQ(get("ADA")->name, "Ada");
    EXPECT_EQ(error_of(get("Bob")), (Error{"NoSuchEntity", 404, "The user with name Bob cannot be found."}));
}

TEST_F(UsersTest, AreFoundById) {
    const std::string id = create({.name = "ada", .tags = {{"a", "b"}}})->user_id;
    const auto found = view([&](const AccountView& account) { return get_user_by_id(account, id); });
    EXPECT_EQ(found->name, "ada");
    EXPECT_EQ(found->tags.size(), 1U);
    const auto elsewhere =
        view([&](const AccountView& account) { return get_user_by_id(account, id); }, other_account_id);
    EXPECT_EQ(error_of(elsewhere).code, "NoSuchEntity");
}

TEST_F(UsersTest, PathsFollowTheirRule) {
    EXPECT_EQ(error_of(create({.name = "ada", .path = "//"})).code, "ValidationError");
    ASSERT_TRUE(create({.name = "ada"}));
    EXPECT_EQ(error_of(update("ada", {.path = "/x"})).code, "ValidationError");
}

TEST_F(UsersTest, AreLimitedByTheQuota) {
    environment_.quotas.set(Quota::users_per_account, 2);
    ASSERT_TRUE(create({.name = "a"}));
    ASSERT_TRUE(create({.name = "b"}));
    EXPECT_EQ(error_of(create({.name = "c"})),
              (Error{"LimitExceeded", 409, "Cannot exceed quota for UsersPerAccount: 2"}));
    ASSERT_TRUE(remove("a"));
    EXPECT_TRUE(create({.name = "c"}));
}

// Spec B4.
TEST_F(UsersTest, ARenamedUserKeepsItsIdAndMovesItsArn) {
    const auto before = create({.name = "ada", .tags = {{"a", "b"}}});
    clock_.advance(std::chrono::hours(1));
    const auto after = update("ADA", {.name = "Countess", .path = "/lab/"});
    ASSERT_TRUE(after);
    EXPECT_EQ(after->user_id, before->user_id);
    EXPECT_EQ(after->created_at, before->created_at);
    EXPECT_EQ(after->arn, "arn:aws:iam::111122223333:user/lab/Countess");
    EXPECT_EQ(get("countess")->tags.size(), 1U);
    EXPECT_EQ(error_of(get("ada")).code, "NoSuchEntity");
}

TEST_F(UsersTest, UpdatesKeepWhatIsOmitted) {
    ASSERT_TRUE(create({.name = "ada", .path = "/lab/"}));
    EXPECT_EQ(update("ada", {.name = "bob"})->path, "/lab/");
    EXPECT_EQ(update("bob", {.path = "/"})->name, "bob");
}

TEST_F(UsersTest, RenamingHoldsTheUniquenessOfNames) {
    ASSERT_TRUE(create({.name = "ada"}));
    ASSERT_TRUE(create({.name = "bob"}));
    EXPECT_EQ(error_of(update("bob", {.name = "ADA"})),
              (Error{"EntityAlreadyExists", 409, "User with name ADA already exists."}));
    EXPECT_EQ(update("bob", {.name = "Bob"})->name, "Bob");
    EXPECT_EQ(error_of(update("eve", {.name = "x"})).message, "The user with name eve cannot be found.");
}

TEST_F(UsersTest, RenamingReordersMembersAndEntitiesOfPolicies) {
    for (const char* name : {"a", "m"}) {
        ASSERT_TRUE(create({.name = name}));
        ASSERT_TRUE(edit([&](AccountEdit& account) {
            return attach_policy(account, {.kind = OwnerKind::user, .name = name}, read_only);
        }));
    }
    ASSERT_TRUE(edit([](AccountEdit& account) { return create_group(account, {.name = "g"}); }));
    for (const char* name : {"a", "m"}) {
        ASSERT_TRUE(edit([&](AccountEdit& account) { return add_user_to_group(account, "g", name); }));
    }
    ASSERT_TRUE(update("a", {.name = "z"}));

    const auto group = view([](const AccountView& account) { return get_group(account, "g", {}); });
    ASSERT_EQ(group->members.items.size(), 2U);
    EXPECT_EQ(group->members.items[0].name, "m");
    EXPECT_EQ(group->members.items[1].name, "z");
    const auto entities =
        view([](const AccountView& account) { return list_entities_for_policy(account, read_only, {}, {}); });
    ASSERT_EQ(entities->items.size(), 2U);
    EXPECT_EQ(entities->items[0].name, "m");
    EXPECT_EQ(entities->items[1].name, "z");
}

// Spec 8.3: in this order, one after the other.
TEST_F(UsersTest, AreDeletedOnlyWithoutKeysPoliciesAndGroups) {
    ASSERT_TRUE(create({.name = "ada"}));
    const PolicyOwner ada{.kind = OwnerKind::user, .name = "ada"};
    const auto key = edit([](AccountEdit& account) { return create_access_key(account, {"ada"}); });
    ASSERT_TRUE(edit([&](AccountEdit& account) { return put_inline_policy(account, ada, "p", allow_list); }));
    ASSERT_TRUE(edit([&](AccountEdit& account) { return attach_policy(account, ada, read_only); }));
    ASSERT_TRUE(edit([](AccountEdit& account) { return create_group(account, {.name = "g"}); }));
    ASSERT_TRUE(edit([](AccountEdit& account) { return add_user_to_group(account, "g", "ada"); }));

    EXPECT_EQ(error_of(remove("ada")), delete_conflict_of("delete access keys first."));
    ASSERT_TRUE(edit(
        [&](AccountEdit& account) { return delete_access_key(account, {"ada"}, key->key.access_key_id); }));
    EXPECT_EQ(error_of(remove("ada")), delete_conflict_of("delete policies first."));
    ASSERT_TRUE(edit([&](AccountEdit& account) { return delete_inline_policy(account, ada, "p"); }));
    EXPECT_EQ(error_of(remove("ada")), delete_conflict_of("detach all policies first."));
    ASSERT_TRUE(edit([&](AccountEdit& account) { return detach_policy(account, ada, read_only); }));
    EXPECT_EQ(error_of(remove("ada")), delete_conflict_of("remove users from group first."));
    ASSERT_TRUE(edit([](AccountEdit& account) { return remove_user_from_group(account, "g", "ada"); }));
    EXPECT_TRUE(remove("ada"));
    EXPECT_EQ(error_of(remove("ada")),
              (Error{"NoSuchEntity", 404, "The user with name ada cannot be found."}));
}

TEST_F(UsersTest, TakeTagsAndBoundaryWithThem) {
    const auto first = create({.name = "ada", .boundary_arn = read_only, .tags = {{"a", "b"}}});
    ASSERT_TRUE(remove("ada"));
    const auto again = create({.name = "ada"});
    ASSERT_TRUE(again);
    EXPECT_NE(again->user_id, first->user_id);
    EXPECT_THAT(again->tags, IsEmpty());
    EXPECT_FALSE(again->boundary_arn);
    const auto uses = view(
        [](const AccountView& account) { return read_counter(account, counter::boundaries(read_only)); });
    EXPECT_EQ(uses, 0);
}

TEST_F(UsersTest, AreListedByNameWithoutCaseAndWithoutDetails) {
    ASSERT_TRUE(create({.name = "b", .boundary_arn = read_only, .tags = {{"a", "b"}}}));
    ASSERT_TRUE(create({.name = "C"}));
    ASSERT_TRUE(create({.name = "A"}));
    EXPECT_THAT(names(), ElementsAre("A", "b", "C"));
    EXPECT_THAT(names("/", other_account_id), IsEmpty());
    const auto page = view([](const AccountView& account) { return list_users(account, "/", {}); });
    for (const User& user : page->items) {
        EXPECT_THAT(user.tags, IsEmpty());
        EXPECT_FALSE(user.boundary_arn);
    }
}

TEST_F(UsersTest, AreListedByPathPrefix) {
    ASSERT_TRUE(create({.name = "a", .path = "/lab/"}));
    ASSERT_TRUE(create({.name = "b", .path = "/lab/deep/"}));
    ASSERT_TRUE(create({.name = "c", .path = "/Lab/"}));
    ASSERT_TRUE(create({.name = "d"}));
    EXPECT_THAT(names("/lab/"), ElementsAre("a", "b"));
    EXPECT_THAT(names("/la"), ElementsAre("a", "b"));
    EXPECT_THAT(names("/none/"), IsEmpty());
}

TEST_F(UsersTest, AreListedByPages) {
    for (const char* name : {"a", "b", "c"}) ASSERT_TRUE(create({.name = name}));
    const auto first =
        view([](const AccountView& account) { return list_users(account, "/", {.items_max = 2}); });
    ASSERT_TRUE(first->marker);
    const PageRequest next{.marker = first->marker, .items_max = 2};
    const auto second = view([&](const AccountView& account) { return list_users(account, "/", next); });
    ASSERT_EQ(second->items.size(), 1U);
    EXPECT_EQ(second->items[0].name, "c");
    const auto other_filter =
        view([&](const AccountView& account) { return list_users(account, "/x/", next); });
    EXPECT_EQ(error_of(other_filter),
              (Error{"ValidationError", 400, "Invalid Marker.", "INVALID_NEXT_TOKEN"}));
}

TEST_F(UsersTest, TellTheFeedThatTheyChanged) {
    const std::string id = create({.name = "ada"})->user_id;
    EXPECT_THAT(touched_by([](AccountEdit& account) { return update_user(account, "ada", {.path = "/x/"}); }),
                ElementsAre(store::Entity{store::EntityKind::user, account_id, id}));
    EXPECT_THAT(touched_by([](AccountEdit& account) { return delete_user(account, "ada"); }),
                ElementsAre(store::Entity{store::EntityKind::user, account_id, id}));
}

}  // namespace
}  // namespace writ::directory
