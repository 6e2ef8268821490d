#include "directory/internal/testing.h"
#include "directory/principals/groups.h"

namespace writ::directory {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class GroupMembersTest : public DirectoryTest {
  protected:
    void make_user(const std::string& name) {
        ASSERT_TRUE(edit([&](AccountEdit& account) { return create_user(account, {.name = name}); }));
    }
    void make_group(const std::string& name) {
        ASSERT_TRUE(edit([&](AccountEdit& account) { return create_group(account, {.name = name}); }));
    }
    Result<void> add(std::string_view group, std::string_view user) {
        return edit([&](AccountEdit& account) { return add_user_to_group(account, group, user); });
    }
    Result<void> remove(std::string_view group, std::string_view user) {
        return edit([&](AccountEdit& account) { return remove_user_from_group(account, group, user); });
    }
    Result<Page<User>> members(std::string_view group, const PageRequest& page = {}) {
        auto found = view([&](const AccountView& account) { return get_group(account, group, page); });
        if (!found) return std::unexpected(found.error());
        return std::move(found->members);
    }
    Result<Page<Group>> groups(std::string_view user, const PageRequest& page = {}) {
        return view([&](const AccountView& account) { return list_groups_for_user(account, user, page); });
    }
    template <class T>
    static std::vector<std::string> names(const Result<Page<T>>& page) {
        std::vector<std::string> result;
        for (const T& item : page->items) result.push_back(item.name);
        return result;
    }
};

TEST_F(GroupMembersTest, AreListedByNameWithoutCase) {
    make_group("ops");
    for (const char* name : {"b", "C", "A"}) {
        make_user(name);
        ASSERT_TRUE(add("OPS", name));
    }
    EXPECT_THAT(names(members("ops")), ElementsAre("A", "b", "C"));
}

TEST_F(GroupMembersTest, AreListedByPages) {
    make_group("ops");
    make_group("dev");
    for (const char* name : {"a", "b", "c"}) {
        make_user(name);
        ASSERT_TRUE(add("ops", name));
    }
    const auto first = members("ops", {.items_max = 2});
    EXPECT_THAT(names(first), ElementsAre("a", "b"));
    ASSERT_TRUE(remove("ops", "b"));
    EXPECT_THAT(names(members("Ops", {.marker = first->marker, .items_max = 2})), ElementsAre("c"));
    EXPECT_EQ(error_of(members("dev", {.marker = first->marker})),
              (Error{"ValidationError", 400, "Invalid Marker.", "INVALID_NEXT_TOKEN"}));
}

TEST_F(GroupMembersTest, AddingAndRemovingTwiceIsNoError) {
    make_group("ops");
    make_user("ada");
    EXPECT_TRUE(add("ops", "ada"));
    EXPECT_TRUE(add("ops", "ADA"));
    EXPECT_THAT(names(members("ops")), ElementsAre("ada"));
    EXPECT_TRUE(remove("ops", "ada"));
    EXPECT_TRUE(remove("ops", "ada"));
    EXPECT_THAT(names(members("ops")), IsEmpty());
}

TEST_F(GroupMembersTest, NeedAGroupAndAUser) {
    make_group("ops");
    make_user("ada");
    EXPECT_EQ(error_of(add("dev", "ada")),
              (Error{"NoSuchEntity", 404, "The group with name dev cannot be found."}));
    EXPECT_EQ(error_of(add("ops", "bob")),
              (Error{"NoSuchEntity", 404, "The user with name bob cannot be found."}));
    EXPECT_EQ(error_of(remove("ops", "bob")).message, "The user with name bob cannot be found.");
    EXPECT_EQ(error_of(members("dev")).message, "The group with name dev cannot be found.");
    EXPECT_EQ(error_of(groups("bob")).message, "The user with name bob cannot be found.");
}

TEST_F(GroupMembersTest, AreInAsManyGroupsAsTheQuotaAllows) {
    environment_.quotas.set(Quota::groups_per_user, 2);
    make_user("ada");
    for (const char* name : {"a", "b", "c"}) make_group(name);
    EXPECT_TRUE(add("a", "ada"));
    EXPECT_TRUE(add("b", "ada"));
    EXPECT_EQ(error_of(add("c", "ada")),
              (Error{"LimitExceeded", 409, "Cannot exceed quota for GroupsPerUser: 2"}));
    EXPECT_TRUE(add("b", "ada"));  // Is a member already.
    EXPECT_THAT(names(groups("ada")), ElementsAre("a", "b"));
}

TEST_F(GroupMembersTest, SeeTheirGroupsByNameWithoutCaseAndByPages) {
    make_user("ada");
    for (const char* name : {"C", "a", "B"}) {
        make_group(name);
        ASSERT_TRUE(add(name, "ada"));
    }
    make_group("other");
    EXPECT_THAT(names(groups("ADA")), ElementsAre("a", "B", "C"));
    const auto first = groups("ada", {.items_max = 1});
    EXPECT_THAT(names(first), ElementsAre("a"));
    EXPECT_THAT(names(groups("ada", {.marker = first->marker})), ElementsAre("B", "C"));
}

// Groups are no principals (spec P2): what changes is the user.
TEST_F(GroupMembersTest, TellTheFeedThatTheUserChanged) {
    make_group("ops");
    make_user("ada");
    const auto user = view([](const AccountView& account) { return get_user(account, "ada"); });
    const store::Entity entity{store::EntityKind::user, account_id, user->user_id};
    EXPECT_THAT(touched_by([](AccountEdit& account) { return add_user_to_group(account, "ops", "ada"); }),
                ElementsAre(entity));
    EXPECT_THAT(
        touched_by([](AccountEdit& account) { return remove_user_from_group(account, "ops", "ada"); }),
        ElementsAre(entity));
}

}  // namespace
}  // namespace writ::directory
