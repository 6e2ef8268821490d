#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "directory/internal/testing_policies.h"
#include "directory/policies/policies.h"
#include "reference/managed_policies.h"

namespace writ::directory {
namespace {

class ListPolicies : public PolicyTest {
  protected:
    Result<Page<Policy>> list(const PolicyFilter& filter, const PageRequest& page = {}) {
        return view([&](const AccountView& account) { return list_policies(account, filter, page); });
    }
    /// Every page, one after the other.
    std::vector<Policy> list_all(const PolicyFilter& filter, std::size_t items_max = 100) {
        std::vector<Policy> policies;
        PageRequest page{.items_max = items_max};
        do {
            auto answer = list(filter, page).value();
            EXPECT_LE(answer.items.size(), items_max);
            policies.insert(policies.end(), answer.items.begin(), answer.items.end());
            page.marker = answer.marker;
        } while (page.marker);
        return policies;
    }
    std::vector<std::string> names(const PolicyFilter& filter, std::size_t items_max = 100) {
        std::vector<std::string> names;
        for (const Policy& policy : list_all(filter, items_max)) names.push_back(policy.name);
        return names;
    }
};

TEST_F(ListPolicies, HaveScopes) {  // 8.4
    make_policy("beta");
    make_policy("Alpha");
    EXPECT_THAT(names({.scope = PolicyScope::local}), testing::ElementsAre("Alpha", "beta"));
    EXPECT_EQ(names({.scope = PolicyScope::aws}).size(), reference::managed_policy_count());
    EXPECT_EQ(names({}).size(), reference::managed_policy_count() + 2);
}

TEST_F(ListPolicies, MixBothKindsInOneOrderAndNoneTwice) {  // 8.4
    std::set<std::string> arns;
    for (const char* name :
         {"ReadOnlyAccess", "readonlyaccesses", "zz", "aa", "Billing", "AdministratorAccess"}) {
        arns.insert(make_policy(name));
    }
    for (const std::size_t items_max : {1U, 7U, 100U, 1000U}) {
        const auto all = list_all({}, items_max);
        EXPECT_EQ(all.size(), reference::managed_policy_count() + arns.size());
        const auto descending = std::ranges::adjacent_find(
            all, [](const Policy& a, const Policy& b) { return ascii_lower(a.name) > ascii_lower(b.name); });
        EXPECT_EQ(descending, all.end());
        std::set<std::string> seen;
        for (const Policy& policy : all) EXPECT_TRUE(seen.insert(policy.arn).second) << policy.arn;
    }
}

TEST_F(ListPolicies, GoOnBehindTheLastNameWhateverHappens) {  // 8.4
    for (const char* name : {"a", "b", "c", "d"}) make_policy(name);
    const PolicyFilter local{.scope = PolicyScope::local};
    const auto first = list(local, {.items_max = 2});
    ASSERT_TRUE(edit(
        [](AccountEdit& account) { return delete_policy(account, "arn:aws:iam::111122223333:policy/b"); }));
    make_policy("ab");
    const auto second = list(local, {.marker = first->marker, .items_max = 3});
    ASSERT_EQ(second->items.size(), 2U);
    EXPECT_EQ(second->items[0].name, "c");
    EXPECT_FALSE(second->marker);
}

TEST_F(ListPolicies, ReadOnPastWhatIsFilteredOut) {
    for (int i = 0; i < 250; ++i) make_policy("p" + std::to_string(1000 + i), i % 100 == 99 ? "/rare/" : "/");
    EXPECT_THAT(names({.scope = PolicyScope::local, .path_prefix = "/rare/"}, 1),
                testing::ElementsAre("p1099", "p1199"));
}

TEST_F(ListPolicies, FilterByPath) {  // 8.4
    make_policy("x", "/eng/web/");
    make_policy("y", "/eng/");
    make_policy("z");
    EXPECT_THAT(names({.scope = PolicyScope::local, .path_prefix = "/eng/"}), testing::ElementsAre("x", "y"));
    EXPECT_EQ(names({.scope = PolicyScope::aws, .path_prefix = "/root-task/"}).size(), 5U);
}

TEST_F(ListPolicies, FilterByUse) {  // 8.4
    const std::string attached = make_policy("attached");
    const std::string bounding = make_policy("bounding");
    make_policy("unused");
    make_user("ada");
    ASSERT_TRUE(attach(ada, attached));
    ASSERT_TRUE(attach(ada, read_only));
    ASSERT_TRUE(bound(ada, bounding));
    EXPECT_THAT(names({.only_attached = true}),
                testing::ElementsAre("attached", "bounding", "ReadOnlyAccess"));
    EXPECT_THAT(names({.only_attached = true, .used_as_boundary = false}),
                testing::ElementsAre("attached", "ReadOnlyAccess"));
    EXPECT_THAT(names({.only_attached = true, .used_as_boundary = true}), testing::ElementsAre("bounding"));
    EXPECT_THAT(names({.scope = PolicyScope::local, .used_as_boundary = true}),
                testing::ElementsAre("attached", "bounding", "unused"));  // Without OnlyAttached no effect.
    EXPECT_EQ(list({.scope = PolicyScope::local})->items[0].attachment_count, 1);
    EXPECT_EQ(list({.scope = PolicyScope::local})->items[1].boundary_usage_count, 1);
}

TEST_F(ListPolicies, LeaveOutDescriptionsAndTags) {
    ASSERT_TRUE(try_policy(
        {.name = "p", .document = std::string(allow_list), .description = "words", .tags = {{"a", "b"}}}));
    const auto page = list({.scope = PolicyScope::local});
    EXPECT_TRUE(page->items[0].description.empty());
    EXPECT_TRUE(page->items[0].tags.empty());
}

TEST_F(ListPolicies, BindMarkersToTheFilter) {  // 8.4
    const auto first = list({}, {.items_max = 1});
    ASSERT_TRUE(first->marker);
    for (const PolicyFilter& other :
         {PolicyFilter{.scope = PolicyScope::aws}, PolicyFilter{.only_attached = true},
          PolicyFilter{.path_prefix = "/x/"}}) {
        expect_error(list(other, {.marker = first->marker}), {"ValidationError", 400, "Invalid Marker."});
    }
    EXPECT_TRUE(list({}, {.marker = first->marker, .items_max = 500}));
}

}  // namespace
}  // namespace writ::directory
