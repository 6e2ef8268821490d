#include "directory/tags.h"

#include "directory/internal/testing_policies.h"

namespace writ::directory {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Tagged ada{.kind = TaggedKind::user, .name = "ada"};
constexpr Tagged run{.kind = TaggedKind::role, .name = "run"};
constexpr Tagged read{.kind = TaggedKind::policy, .name = "arn:aws:iam::111122223333:policy/read"};

class TagsTest : public DirectoryTest {
  protected:
    TagsTest() {
        EXPECT_TRUE(edit([](AccountEdit& account) { return create_user(account, {.name = "ada"}); }));
        EXPECT_TRUE(edit([](AccountEdit& account) {
            return create_role(account, {.name = "run", .trust_document = trust_account});
        }));
        EXPECT_TRUE(edit([](AccountEdit& account) {
            return create_policy(account, {.name = "read", .document = allow_list});
        }));
    }
    Result<void> put(const Tagged& tagged, const std::vector<Tag>& tags) {
        return edit([&](AccountEdit& account) { return tag(account, tagged, tags); });
    }
    Result<void> remove(const Tagged& tagged, const std::vector<std::string>& keys) {
        return edit([&](AccountEdit& account) { return untag(account, tagged, keys); });
    }
    Result<Page<Tag>> page(const Tagged& tagged, const PageRequest& request = {}) {
        return view([&](const AccountView& account) { return list_tags(account, tagged, request); });
    }
    std::vector<Tag> tags_of(const Tagged& tagged) { return page(tagged)->items; }
};

TEST_F(TagsTest, AreAddedReplacedAndRemoved) {
    for (const Tagged& tagged : {ada, run, read}) {
        SCOPED_TRACE(tagged.name);
        EXPECT_TRUE(put(tagged, {{"b", "1"}, {"a", ""}}));
        EXPECT_THAT(tags_of(tagged), ElementsAre(Tag{"a", ""}, Tag{"b", "1"}));
        EXPECT_TRUE(put(tagged, {{"b", "2"}, {"c", "3"}}));
        EXPECT_THAT(tags_of(tagged), ElementsAre(Tag{"a", ""}, Tag{"b", "2"}, Tag{"c", "3"}));
        EXPECT_TRUE(remove(tagged, {"a", "c", "absent"}));
        EXPECT_THAT(tags_of(tagged), ElementsAre(Tag{"b", "2"}));
    }
}

TEST_F(TagsTest, KeysOfUsersAndRolesCompareWithoutCase) {
    for (const Tagged& tagged : {ada, run}) {
        SCOPED_TRACE(tagged.name);
        EXPECT_TRUE(put(tagged, {{"Team", "lab"}}));
        EXPECT_TRUE(put(tagged, {{"TEAM", "ops"}}));
        EXPECT_THAT(tags_of(tagged), ElementsAre(Tag{"TEAM", "ops"}));
        EXPECT_TRUE(remove(tagged, {"team"}));
        EXPECT_THAT(tags_of(tagged), IsEmpty());
    }
}

TEST_F(TagsTest, KeysOfPoliciesCompareWithCase) {
    EXPECT_TRUE(put(read, {{"team", "a"}, {"Team", "b"}}));
    EXPECT_THAT(tags_of(read), ElementsAre(Tag{"Team", "b"}, Tag{"team", "a"}));
    EXPECT_TRUE(remove(read, {"TEAM", "team"}));
    EXPECT_THAT(tags_of(read), ElementsAre(Tag{"Team", "b"}));
}

TEST_F(TagsTest, DuplicatesInTheRequestAreRefused) {
    const Error duplicate{"InvalidInput", 400,
                          "Duplicate tag keys found. Please note that Tag keys are case insensitive."};
    EXPECT_EQ(error_of(put(ada, {{"a", "1"}, {"A", "2"}})), duplicate);
    EXPECT_EQ(error_of(put(run, {{"a", "1"}, {"A", "2"}})), duplicate);
    EXPECT_EQ(error_of(put(read, {{"a", "1"}, {"a", "2"}})), duplicate);
}

TEST_F(TagsTest, ReservedKeysAreRefusedInAnyCase) {
    const Error reserved{"InvalidInput", 400, "Tag keys beginning with aws: are reserved for system use."};
    for (const char* key : {"aws:x", "AWS:x", "aWs:"}) {
        SCOPED_TRACE(key);
        EXPECT_EQ(error_of(put(ada, {{key, "1"}})), reserved);
        EXPECT_EQ(error_of(put(read, {{key, "1"}})), reserved);
    }
    EXPECT_TRUE(put(ada, {{"aws", "1"}, {"x:aws:", "2"}, {"v", "aws:3"}}));
}

TEST_F(TagsTest, BlankKeysAndEmptyListsAreRefused) {
    EXPECT_EQ(error_of(put(ada, {{"  ", "1"}})).code, "ValidationError");
    EXPECT_EQ(error_of(put(ada, {})).code, "InvalidInput");
    EXPECT_TRUE(remove(ada, {}));
    EXPECT_TRUE(check_tags(TaggedKind::user, {}));
}

TEST_F(TagsTest, NothingIsAppliedWhenAnythingIsWrong) {
    EXPECT_FALSE(put(ada, {{"good", "1"}, {"aws:bad", "2"}}));
    EXPECT_THAT(tags_of(ada), IsEmpty());
}

struct QuotaRow {
    Tagged tagged;
    const char* message;
};

TEST_F(TagsTest, AreAtMostFiftyTogether) {
    std::vector<Tag> fifty;
    for (int i = 0; i < 50; ++i) fifty.push_back({.key = "k" + std::to_string(i), .value = "v"});
    for (const QuotaRow& row : {QuotaRow{ada, "Cannot exceed quota for TagsPerUser: 50"},
                                QuotaRow{run, "Cannot exceed quota for TagsPerRole: 50"},
                                QuotaRow{read, "Cannot exceed quota for TagsPerPolicy: 50"}}) {
        SCOPED_TRACE(row.message);
        ASSERT_TRUE(put(row.tagged, fifty));
        EXPECT_TRUE(put(row.tagged, {{"k1", "replaced"}}));
        EXPECT_EQ(error_of(put(row.tagged, {{"k2", "lost"}, {"more", "1"}})),
                  (Error{"LimitExceeded", 409, row.message}));
        const auto tags = tags_of(row.tagged);
        EXPECT_EQ(tags.size(), 50U);
        EXPECT_THAT(tags, testing::Contains(Tag{"k1", "replaced"}));
        EXPECT_THAT(tags, testing::Contains(Tag{"k2", "v"}));
    }
}

TEST_F(TagsTest, NeedAnEntity) {
    const Tagged bob{.kind = TaggedKind::user, .name = "bob"};
    const Tagged fly{.kind = TaggedKind::role, .name = "fly"};
    const Tagged write{.kind = TaggedKind::policy, .name = "arn:aws:iam::111122223333:policy/write"};
    EXPECT_EQ(error_of(put(bob, {{"a", "b"}})).message, "The user with name bob cannot be found.");
    EXPECT_EQ(error_of(remove(fly, {"a"})).message, "The role with name fly cannot be found.");
    EXPECT_EQ(error_of(page(write)).code, "NoSuchEntity");
}

TEST_F(TagsTest, AreListedByKeyWithoutCaseAndByPages) {
    ASSERT_TRUE(put(read, {{"C", "1"}, {"a", "2"}, {"B", "3"}}));
    const auto first = page(read, {.items_max = 2});
    EXPECT_THAT(first->items, ElementsAre(Tag{"a", "2"}, Tag{"B", "3"}));
    EXPECT_THAT(page(read, {.marker = first->marker})->items, ElementsAre(Tag{"C", "1"}));
    EXPECT_EQ(error_of(page(ada, {.marker = first->marker})).message, "Invalid Marker.");
}

TEST_F(TagsTest, TellTheFeedThatTheirEntityChanged) {
    const auto user = view([](const AccountView& account) { return get_user(account, "ada"); });
    const store::Entity entity{store::EntityKind::user, account_id, user->user_id};
    EXPECT_THAT(touched_by([](AccountEdit& account) { return tag(account, ada, {{"a", "b"}}); }),
                ElementsAre(entity));
    EXPECT_THAT(touched_by([](AccountEdit& account) { return untag(account, ada, {"a"}); }),
                ElementsAre(entity));
}

}  // namespace
}  // namespace writ::directory
