#include "directory/internal/counters.h"

#include "directory/internal/testing.h"

namespace writ::directory {
namespace {

class CountersTest : public DirectoryTest {
  protected:
    std::int64_t read(std::string_view name, const char* in_account = account_id) {
        return *view([&](const AccountView& account) { return read_counter(account, name); }, in_account);
    }
    std::int64_t add(std::string_view name, std::int64_t change) {
        return *edit([&](AccountEdit& account) { return add_to_counter(account, name, change); });
    }
};

TEST_F(CountersTest, BeginAtZeroAndAddUp) {
    EXPECT_EQ(read("users"), 0);
    EXPECT_EQ(add("users", 2), 2);
    EXPECT_EQ(add("users", 3), 5);
    EXPECT_EQ(add("users", -1), 4);
    EXPECT_EQ(read("users"), 4);
}

TEST_F(CountersTest, BelongToOneAccountAndOneName) {
    add("users", 2);
    EXPECT_EQ(read("users", other_account_id), 0);
    EXPECT_EQ(read("groups"), 0);
    EXPECT_NE(counter::attachments("arn:x"), counter::attachments("arn:y"));
    EXPECT_NE(counter::attachments("arn:x"), counter::boundaries("arn:x"));
}

TEST_F(CountersTest, LeaveNoRowAtZero) {
    add("users", 2);
    EXPECT_EQ(add("users", -2), 0);
    const auto rows = view([](const AccountView& account) {
        return account.records.count<store::Counter>(store::Counter::by_name, {.equal = {account_id}});
    });
    EXPECT_EQ(rows, 0U);
    EXPECT_EQ(add("users", 1), 1);
}

TEST_F(CountersTest, HoldTheQuotaWhenCountingOneMore) {
    environment_.quotas.set(Quota::groups_per_account, 1);
    const auto one_more = [](AccountEdit& account) {
        return count_one_more(account, counter::groups, Quota::groups_per_account);
    };
    EXPECT_TRUE(edit(one_more));
    EXPECT_EQ(error_of(edit(one_more)),
              (Error{"LimitExceeded", 409, "Cannot exceed quota for GroupsPerAccount: 1"}));
    EXPECT_TRUE(edit([](AccountEdit& account) { return count_one_less(account, counter::groups); }));
    EXPECT_TRUE(edit(one_more));
}

TEST_F(CountersTest, StayOutOfTheFeed) {
    EXPECT_TRUE(touched_by([](AccountEdit& account) { return add_to_counter(account, "users", 1); }).empty());
}

}  // namespace
}  // namespace writ::directory
