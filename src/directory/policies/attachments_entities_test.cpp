#include <string>
#include <vector>

#include "directory/internal/testing_policies.h"
#include "directory/policies/attachments.h"

namespace writ::directory {
namespace {

class EntitiesForPolicy : public PolicyTest {
  protected:
    Result<Page<PolicyEntity>> list(const EntityFilter& filter = {}, const PageRequest& page = {}) {
        return view([&](const AccountView& account) {
            return list_entities_for_policy(account, arn_, filter, page);
        });
    }
    /// Every page, one after the other.
    std::vector<std::string> names(const EntityFilter& filter = {}, std::size_t items_max = 100) {
        std::vector<std::string> names;
        PageRequest page{.items_max = items_max};
        do {
            const auto answer = list(filter, page).value();
            EXPECT_LE(answer.items.size(), items_max);
            for (const PolicyEntity& entity : answer.items) names.push_back(entity.name);
            page.marker = answer.marker;
        } while (page.marker);
        return names;
    }
    void make_users(const std::vector<std::string>& names, const std::string& path = "/") {
        for (const std::string& name : names) make_user(name, path);
    }

    std::string arn_ = make_policy("List");
};

TEST_F(EntitiesForPolicy, AreGroupsThenRolesThenUsersByName) {
    make_users({"bob", "Ada"});
    make_group("staff");
    make_role("ops");
    make_role("Batch");
    for (const char* name : {"bob", "ada"}) ASSERT_TRUE(attach({OwnerKind::user, name}, arn_));
    for (const char* name : {"ops", "batch"}) ASSERT_TRUE(attach({OwnerKind::role, name}, arn_));
    ASSERT_TRUE(attach(staff, arn_));
    for (const std::size_t items_max : {1U, 2U, 3U, 4U, 5U, 100U}) {
        EXPECT_THAT(names({}, items_max), testing::ElementsAre("staff", "Batch", "ops", "Ada", "bob"));
    }
    const auto page = list();
    EXPECT_EQ(page->items[0].kind, OwnerKind::group);
    EXPECT_EQ(page->items[0].id.substr(0, 4), "AGPA");
    EXPECT_EQ(page->items[1].kind, OwnerKind::role);
    EXPECT_EQ(page->items[4].id.substr(0, 4), "AIDA");
}

TEST_F(EntitiesForPolicy, AreFilteredByKindAndPath) {
    make_users({"ada"}, "/eng/");
    make_users({"bob"});
    make_group("staff", "/eng/");
    for (const PolicyOwner& owner : {ada, PolicyOwner{OwnerKind::user, "bob"}, staff})
        ASSERT_TRUE(attach(owner, arn_));
    EXPECT_THAT(names({.kind = OwnerKind::user}), testing::ElementsAre("ada", "bob"));
    EXPECT_THAT(names({.kind = OwnerKind::role}), testing::IsEmpty());
    EXPECT_THAT(names({.path_prefix = "/eng/"}, 1), testing::ElementsAre("staff", "ada"));
}

TEST_F(EntitiesForPolicy, AreFilteredByUseAndNamedOnce) {  // 8.4
    make_users({"both", "bounded", "attached"});
    for (const char* name : {"both", "attached"}) ASSERT_TRUE(attach({OwnerKind::user, name}, arn_));
    for (const char* name : {"both", "bounded"}) ASSERT_TRUE(bound({OwnerKind::user, name}, arn_));
    for (const std::size_t items_max : {1U, 2U, 100U}) {
        EXPECT_THAT(names({}, items_max), testing::ElementsAre("attached", "both", "bounded"));
        EXPECT_THAT(names({.used_as_boundary = true}, items_max), testing::ElementsAre("both", "bounded"));
        EXPECT_THAT(names({.used_as_boundary = false}, items_max), testing::ElementsAre("attached", "both"));
    }
}

TEST_F(EntitiesForPolicy, AreFoundBehindManyThatAreFilteredOut) {
    for (int i = 0; i < 9; ++i) {
        const std::string name = "user" + std::to_string(i);
        make_user(name);
        ASSERT_TRUE(i == 8 ? bound({OwnerKind::user, name}, arn_) : attach({OwnerKind::user, name}, arn_));
    }
    EXPECT_THAT(names({.used_as_boundary = true}, 1), testing::ElementsAre("user8"));
}

TEST_F(EntitiesForPolicy, FollowRenames) {  // B4
    make_users({"ada", "bob"});
    ASSERT_TRUE(attach(ada, arn_) && attach({OwnerKind::user, "bob"}, arn_));
    ASSERT_TRUE(edit([](AccountEdit& account) { return update_user(account, "ada", {.name = "zoe"}); }));
    EXPECT_THAT(names(), testing::ElementsAre("bob", "zoe"));
}

TEST_F(EntitiesForPolicy, NeedAPolicy) {  // 8.3
    arn_ = "arn:aws:iam::111122223333:policy/Lost";
    expect_error(list(), {"NoSuchEntity", 404, "Policy " + arn_ + " was not found."});
    arn_ = read_only;
    EXPECT_THAT(names(), testing::IsEmpty());
}

TEST_F(EntitiesForPolicy, BindMarkersToPolicyAndFilter) {  // 8.4
    make_users({"ada", "bob"});
    ASSERT_TRUE(attach(ada, arn_) && attach({OwnerKind::user, "bob"}, arn_));
    const auto first = list({}, {.items_max = 1});
    ASSERT_TRUE(first->marker);
    expect_error(list({.kind = OwnerKind::user}, {.marker = first->marker}),
                 {"ValidationError", 400, "Invalid Marker."});
    arn_ = read_only;
    expect_error(list({}, {.marker = first->marker}), {"ValidationError", 400, "Invalid Marker."});
}

}  // namespace
}  // namespace writ::directory
