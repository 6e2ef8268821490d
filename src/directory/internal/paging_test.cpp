#include "directory/internal/paging.h"

#include <set>

#include "directory/internal/testing.h"

namespace writ::directory {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PagingTest : public DirectoryTest {
  protected:
    void add_user(const std::string& name, const std::string& path = "/") {
        const store::User user{.account_id = account_id,
                               .user_id = "AIDA" + name,
                               .name = name,
                               .name_folded = name,
                               .path = path,
                               .created_at = {}};
        ASSERT_TRUE(edit([&](AccountEdit& account) { return account.writes.insert(user); }));
    }
    void remove_user(const std::string& name) {
        store::User user;
        user.account_id = account_id;
        user.user_id = "AIDA" + name;
        ASSERT_TRUE(edit([&](AccountEdit& account) { return account.writes.erase(user); }));
    }
    /// A page of user names.
    Result<Page<std::string>> list(const PageRequest& request, const std::string& path_prefix = "/",
                                   std::string_view operation = "ListUsers",
                                   const char* in_account = account_id) {
        return view(
            [&](const AccountView& account) {
                const IndexedList<store::User, std::string> users{
                    .index = store::User::by_name,
                    .equal = {account.account_id},
                    .order = &store::User::name_folded,
                    .keep = in_path(path_prefix),
                    .convert = [](const store::User& user) { return user.name; },
                    .rows_looked_at_max = 10};
                return page_of(account, {.operation = operation, .filter = path_prefix}, request, users);
            },
            in_account);
    }
    /// A page of a list that is read as a whole.
    Result<Page<std::string>> list(std::vector<std::string> items, const PageRequest& request) {
        return view([&](const AccountView& account) {
            return page_of(account, {.operation = "ListThings"}, request, std::move(items),
                           [](const std::string& item) { return item; });
        });
    }
};

TEST_F(PagingTest, AShortListIsOnePageWithoutMarker) {
    add_user("a");
    add_user("b");
    const auto page = list({.items_max = 2});
    EXPECT_THAT(page->items, ElementsAre("a", "b"));
    EXPECT_FALSE(page->marker);
    EXPECT_THAT(list({}, "/none/")->items, IsEmpty());
}

TEST_F(PagingTest, TheMarkerLeadsToTheNextPageOfAnySize) {
    for (const char* name : {"a", "b", "c", "d", "e"}) add_user(name);
    const auto first = list({.items_max = 1});
    EXPECT_THAT(first->items, ElementsAre("a"));
    const auto second = list({.marker = first->marker, .items_max = 3});
    EXPECT_THAT(second->items, ElementsAre("b", "c", "d"));
    const auto third = list({.marker = second->marker, .items_max = 1});
    EXPECT_THAT(third->items, ElementsAre("e"));
    EXPECT_FALSE(third->marker);
}

TEST_F(PagingTest, FilteredRowsTakeNoPlaceOnAPage) {
    for (const char* name : {"a", "c", "e"}) add_user(name, "/out/");
    for (const char* name : {"b", "d", "f"}) add_user(name, "/in/deep/");
    const auto first = list({.items_max = 2}, "/in/");
    EXPECT_THAT(first->items, ElementsAre("b", "d"));
    ASSERT_TRUE(first->marker);
    const auto second = list({.marker = first->marker, .items_max = 2}, "/in/");
    EXPECT_THAT(second->items, ElementsAre("f"));
    EXPECT_FALSE(second->marker);
}

TEST_F(PagingTest, NoMarkerWhenOnlyFilteredRowsFollow) {
    add_user("a", "/in/");
    for (const char* name : {"b", "c", "d"}) add_user(name, "/out/");
    const auto page = list({.items_max = 1}, "/in/");
    EXPECT_THAT(page->items, ElementsAre("a"));
    EXPECT_FALSE(page->marker);
}

TEST_F(PagingTest, LooksAtABoundedNumberOfRows) {
    add_user("a", "/in/");
    for (int i = 0; i < 25; ++i) add_user("b" + std::to_string(100 + i), "/out/");
    add_user("c", "/in/");
    std::vector<std::string> found;
    std::optional<std::string> marker;
    int pages = 0;
    do {
        const auto page = list({.marker = marker, .items_max = 2}, "/in/");
        ASSERT_TRUE(page);
        found.insert(found.end(), page->items.begin(), page->items.end());
        marker = page->marker;
        ++pages;
    } while (marker);
    EXPECT_THAT(found, ElementsAre("a", "c"));
    EXPECT_EQ(pages, 3);  // Of 27 rows, in pieces of three, twelve are looked at for a page.
}

TEST_F(PagingTest, ReadsAWholeListAtOnceWhenAskedTo) {
    for (int i = 0; i < 25; ++i) add_user("b" + std::to_string(100 + i));
    const auto page = list({.items_max = 1'000});
    EXPECT_EQ(page->items.size(), 25U);
    EXPECT_FALSE(page->marker);
}

TEST_F(PagingTest, WhatStaysAppearsOnceWhateverComesAndGoes) {
    for (const char* name : {"b", "d", "f", "h"}) add_user(name);
    const auto first = list({.items_max = 2});
    EXPECT_THAT(first->items, ElementsAre("b", "d"));
    remove_user("d");  // The marker points at it.
    add_user("a");
    add_user("e");
    const auto second = list({.marker = first->marker, .items_max = 10});
    EXPECT_THAT(second->items, ElementsAre("e", "f", "h"));
}

TEST_F(PagingTest, MarkersAreBoundToAccountOperationAndFilter) {
    add_user("a");
    add_user("b");
    const auto page = list({.items_max = 1});
    ASSERT_TRUE(page->marker);
    const Error invalid{"ValidationError", 400, "Invalid Marker.", "INVALID_NEXT_TOKEN"};
    const PageRequest next{.marker = page->marker, .items_max = 1};
    EXPECT_TRUE(list(next));
    EXPECT_EQ(error_of(list(next, "/a/")), invalid);
    EXPECT_EQ(error_of(list(next, "/", "ListOthers")), invalid);
    EXPECT_EQ(error_of(list(next, "/", "ListUsers", other_account_id)), invalid);
}

TEST_F(PagingTest, AnyOtherMarkerIsInvalid) {
    add_user("a");
    add_user("b");
    const std::string good = *list({.items_max = 1})->marker;
    std::string changed = good;
    changed[0] = changed[0] == 'A' ? 'B' : 'A';
    for (const std::string& marker : {std::string("x"), std::string("AAAA"), good.substr(4), good + "AAAA",
                                      changed, std::string(320, 'A'), std::string("\xC3\xA9")}) {
        SCOPED_TRACE(marker);
        EXPECT_EQ(error_of(list({.marker = marker})),
                  (Error{"ValidationError", 400, "Invalid Marker.", "INVALID_NEXT_TOKEN"}));
    }
}

TEST_F(PagingTest, AListReadAsAWholeIsOrderedAndCutInTheSameWay) {
    const auto first = list({"d", "b", "f", "h"}, {.items_max = 2});
    EXPECT_THAT(first->items, ElementsAre("b", "d"));
    const auto second = list({"h", "f", "e", "b", "a"}, {.marker = first->marker, .items_max = 2});
    EXPECT_THAT(second->items, ElementsAre("e", "f"));
    const auto third = list({"h", "f", "e", "b", "a"}, {.marker = second->marker, .items_max = 1});
    EXPECT_THAT(third->items, ElementsAre("h"));
    EXPECT_FALSE(third->marker);
}

TEST_F(PagingTest, MarkersFitForKeysOfAnyLength) {
    std::vector<std::string> keys;
    for (const char* end : {"a", "b", "c", "d"}) keys.push_back(std::string(500, 'k') + end);
    std::set<std::string> seen;
    PageRequest request{.items_max = 1};
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto page = list(keys, request);
        ASSERT_TRUE(page);
        ASSERT_EQ(page->items.size(), 1U);
        seen.insert(page->items.front());
        request.marker = page->marker;
        if (page->marker) {
            EXPECT_LE(page->marker->size(), 320U);
            EXPECT_GE(page->marker->size(), 1U);
        }
    }
    EXPECT_EQ(seen.size(), keys.size());
    EXPECT_FALSE(request.marker);
}

TEST_F(PagingTest, LongPositionsSortLikeTheirKeys) {
    EXPECT_LT(position_of(std::string(300, 'a')), position_of(std::string(300, 'b')));
    EXPECT_LT(position_of("a"), position_of(std::string(300, 'a')));
    EXPECT_NE(position_of(std::string(300, 'a')), position_of(std::string(301, 'a')));
    EXPECT_LE(position_of(std::string(5000, 'a')).size(), position_bytes_max);
}

}  // namespace
}  // namespace writ::directory
