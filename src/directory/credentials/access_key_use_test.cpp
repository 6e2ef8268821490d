#include "directory/credentials/access_keys.h"
#include "directory/internal/testing.h"
#include "directory/principals/users.h"

namespace writ::directory {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

class AccessKeyUseTest : public DirectoryTest {
  protected:
    AccessKeyUseTest() {
        EXPECT_TRUE(edit([](AccountEdit& account) { return create_user(account, {.name = "ada"}); }));
        id_ =
            edit([](AccountEdit& account) { return create_access_key(account, {"ada"}); })->key.access_key_id;
    }
    Result<void> use(std::string_view service = "s3", std::string_view region = "eu-west-1") {
        return edit(
            [&](AccountEdit& account) { return record_access_key_use(account, id_, service, region); });
    }
    bool is_due(const char* in_account = account_id) {
        return *view([&](const AccountView& account) { return should_record_use(account, id_); }, in_account);
    }
    Result<AccessKeyLastUsed> last_used(const std::string& id, const char* in_account = account_id) {
        return view([&](const AccountView& account) { return get_access_key_last_used(account, id); },
                    in_account);
    }

    std::string id_;
};

TEST_F(AccessKeyUseTest, AnUnusedKeyHasNoDate) {
    const auto answer = last_used(id_);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->user_name, "ada");
    EXPECT_FALSE(answer->used_at);
    EXPECT_EQ(answer->service, "N/A");
    EXPECT_EQ(answer->region, "N/A");
}

TEST_F(AccessKeyUseTest, TheUseOfAKeyIsKept) {
    EXPECT_TRUE(is_due());
    ASSERT_TRUE(use());
    const auto answer = last_used(id_);
    EXPECT_EQ(answer->used_at, clock_.now());
    EXPECT_EQ(answer->service, "s3");
    EXPECT_EQ(answer->region, "eu-west-1");
}

TEST_F(AccessKeyUseTest, TheFirstUseOfEachFifteenMinutesIsKept) {
    const Instant first = clock_.now();
    ASSERT_TRUE(use());
    clock_.advance(minutes(15) - milliseconds(1));
    EXPECT_FALSE(is_due());
    ASSERT_TRUE(use("iam", "us-east-1"));
    EXPECT_EQ(last_used(id_)->used_at, first);
    EXPECT_EQ(last_used(id_)->service, "s3");

    clock_.advance(milliseconds(1));
    EXPECT_TRUE(is_due());
    ASSERT_TRUE(use("iam", "us-east-1"));
    EXPECT_EQ(last_used(id_)->used_at, first + minutes(15));
    EXPECT_EQ(last_used(id_)->service, "iam");
    EXPECT_EQ(last_used(id_)->region, "us-east-1");
}

TEST_F(AccessKeyUseTest, OfNoKeyIsNotKept) {
    EXPECT_FALSE(is_due(other_account_id));
    ASSERT_TRUE(edit([&](AccountEdit& account) { return delete_access_key(account, {"ada"}, id_); }));
    EXPECT_FALSE(is_due());
    EXPECT_TRUE(use());
    const auto rows = view([](const AccountView& account) {
        return account.records.count<store::LastUse>(store::LastUse::by_id, {.equal = {account_id}});
    });
    EXPECT_EQ(rows, 0U);
}

TEST_F(AccessKeyUseTest, GoesWithTheKey) {
    ASSERT_TRUE(use());
    ASSERT_TRUE(edit([&](AccountEdit& account) { return delete_access_key(account, {"ada"}, id_); }));
    const Error error{"NoSuchEntity", 404, "The Access Key with id " + id_ + " cannot be found."};
    EXPECT_EQ(error_of(last_used(id_)), error);
    const auto rows = view([](const AccountView& account) {
        return account.records.count<store::LastUse>(store::LastUse::by_id, {.equal = {account_id}});
    });
    EXPECT_EQ(rows, 0U);
}

TEST_F(AccessKeyUseTest, OfOtherAccountsIsNotTold) {
    EXPECT_EQ(error_of(last_used(id_, other_account_id)).code, "NoSuchEntity");
}

TEST_F(AccessKeyUseTest, OfRootHasNoUserName) {
    const auto key = edit([](AccountEdit& account) { return create_access_key(account, {}); });
    EXPECT_EQ(last_used(key->key.access_key_id)->user_name, "");
}

TEST_F(AccessKeyUseTest, NamesTheUserOfToday) {
    ASSERT_TRUE(edit([](AccountEdit& account) { return update_user(account, "ada", {.name = "Bob"}); }));
    EXPECT_EQ(last_used(id_)->user_name, "Bob");
}

TEST_F(AccessKeyUseTest, StaysOutOfTheFeed) {
    EXPECT_TRUE(touched_by([&](AccountEdit& account) {
                    return record_access_key_use(account, id_, "s3", "eu-west-1");
                }).empty());
}

}  // namespace
}  // namespace writ::directory
