#include "store/faulty_store.h"

#include <gtest/gtest.h>

#include "store/records.h"
#include "store/temporary_store.h"

namespace writ::store {
namespace {

const Account account{.account_id = "111122223333", .created_at = {}};

class Faulty : public testing::Test {
  protected:
    Outcome<Revision> add_account() {
        auto transaction = faulty_.write();
        if (!transaction) return std::unexpected(transaction.error());
        if (auto done = (*transaction)->insert(account); !done) return std::unexpected(done.error());
        return (*transaction)->commit();
    }
    std::size_t accounts() {
        auto reader = store_->read();
        return (*reader)->count<Account>(Account::by_id, {}).value();
    }

    TemporaryStore store_;
    FaultyStore faulty_{*store_};
};

TEST_F(Faulty, EachCallOfATransactionFailsInItsTurn) {
    for (std::uint64_t call = 1; call <= 3; ++call) {  // write, insert, commit
        faulty_.fail({.first = call, .kind = FailureKind::retry});
        const auto failed = add_account();
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().kind, FailureKind::retry);
        EXPECT_TRUE(faulty_.has_failed());
        EXPECT_EQ(accounts(), 0U);
    }
    faulty_.fail({.first = 4});
    EXPECT_TRUE(add_account());
    EXPECT_FALSE(faulty_.has_failed());
    EXPECT_EQ(accounts(), 1U);
}

TEST_F(Faulty, ReadersFailToo) {
    faulty_.fail({.first = 2});
    auto reader = faulty_.read();
    ASSERT_TRUE(reader);
    EXPECT_FALSE((*reader)->find<Account>(Account::by_id, {account.account_id}));
    EXPECT_TRUE((*reader)->find<Account>(Account::by_id, {account.account_id}));
    faulty_.fail({.count = Fault::all});
    EXPECT_FALSE((*reader)->count<Account>(Account::by_id, {}));
    EXPECT_FALSE(faulty_.read());
    EXPECT_FALSE(faulty_.changes_since(0, 1));
    faulty_.mend();
    EXPECT_TRUE(faulty_.read());
}

TEST_F(Faulty, TheAnswerOfACommitCanGetLost) {
    faulty_.fail({.first = 3, .loses_answers_of_commits = true});
    EXPECT_FALSE(add_account());
    EXPECT_EQ(accounts(), 1U);
}

}  // namespace
}  // namespace writ::store
