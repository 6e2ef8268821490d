#include "store/copy_rows.h"

#include <gtest/gtest.h>

#include "store/faulty_store.h"
#include "store/records.h"
#include "store/temporary_store.h"

namespace writ::store {
namespace {

constexpr const char* account = "111122223333";

class CopyRows : public testing::Test {
  protected:
    CopyRows() {
        auto transaction = *from_->write();
        EXPECT_TRUE(transaction->insert(
            Account{.account_id = account, .created_at = Instant(std::chrono::seconds(7))}));
        EXPECT_TRUE(transaction->insert(Counter{.account_id = account, .name = "n", .value = -7}));
        EXPECT_TRUE(transaction->insert(AccessKey{.account_id = account,
                                                  .owner_id = account,
                                                  .access_key_id = "AKIA1",
                                                  .sealed_secret = Bytes{std::byte{0}, std::byte{255}},
                                                  .created_at = Instant(std::chrono::seconds(8))}));
        EXPECT_TRUE(transaction->commit());
    }
    TemporaryStore from_;
    TemporaryStore to_;
};

TEST_F(CopyRows, CopiesEveryKindOfValue) {
    auto reader = *from_->read();
    auto transaction = *to_->write();
    EXPECT_EQ(copy_rows(*reader, *transaction), 3U);
    EXPECT_TRUE(transaction->commit());
    transaction.reset();
    auto copied = *to_->read();
    const auto made = *copied->find<Account>(Account::by_id, {account});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->created_at, Instant(std::chrono::seconds(7)));
    EXPECT_FALSE(made->closed_at);
    EXPECT_EQ((*copied->find<Counter>(Counter::by_name, {account, "n"}))->value, -7);
    EXPECT_EQ((*copied->find<AccessKey>(AccessKey::by_id, {"AKIA1"}))->sealed_secret,
              (Bytes{std::byte{0}, std::byte{255}}));
    EXPECT_GT(to_->revision(), 0);  // Whoever follows the feed looks anew.
}

TEST_F(CopyRows, FailsWhenARowCannotBeReadOrWritten) {
    FaultyStore failing(*to_);
    auto reader = *from_->read();
    auto transaction = *failing.write();
    for (const std::uint64_t call : {1U, 2U, 3U}) {
        failing.fail({.first = call});
        EXPECT_FALSE(copy_rows(*reader, *transaction)) << call;
        failing.mend();
        transaction.reset();
        transaction = *failing.write();
    }
}

}  // namespace
}  // namespace writ::store
