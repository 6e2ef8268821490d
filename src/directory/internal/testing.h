#pragma once

#include <array>
#include <concepts>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ostream>
#include <string>
#include <utility>

#include "crypto/sealing.h"
#include "directory/directory.h"
#include "store/records.h"
#include "store/temporary_store.h"

namespace writ {

/// How GoogleTest shows an error.
inline void PrintTo(const Error& error, std::ostream* out) {
    *out << error.code << ' ' << error.http_status << ": " << error.message;
}

}  // namespace writ

/// For the tests of this part.
namespace writ::directory {

/// One account over a real store, with a clock that stands still and randomness that repeats.
class DirectoryTest : public testing::Test {
  protected:
    static constexpr const char* account_id = "111122223333";
    static constexpr const char* other_account_id = "444455556666";

    DirectoryTest() {
        auto transaction = store_->write();
        for (const char* id : {account_id, other_account_id}) {
            const store::Account account{.account_id = id, .created_at = clock_.now()};
            EXPECT_TRUE((*transaction)->insert(account));
        }
        EXPECT_TRUE((*transaction)->commit());
    }

    /// Runs `change` in a transaction of its own, which commits when the result has a value.
    template <std::invocable<AccountEdit&> Change>
    auto edit(Change change, const char* in_account = account_id) {
        auto transaction = store_->write();
        AccountEdit account(**transaction, in_account, environment_);
        auto result = change(account);
        if (result) {
            EXPECT_TRUE((*transaction)->commit());
        }
        return result;
    }

    /// Runs `question` on one view of the store.
    template <std::invocable<const AccountView&> Question>
    auto view(Question question, const char* in_account = account_id) {
        auto reader = store_->read();
        return question(AccountView{**reader, in_account, environment_});
    }

    /// Entities that the change touched, as the feed tells them.
    template <class Change>
    std::vector<store::Entity> touched_by(Change change) {
        const store::Revision before = store_->revision();
        EXPECT_TRUE(edit(change));
        std::vector<store::Entity> entities;
        const auto changes = store_->changes_since(before, 1000);
        for (const store::Change& line : *changes) entities.push_back(line.entity);
        return entities;
    }

    static crypto::SealingKeys sealing_keys() {
        const std::array keys{
            crypto::RingKey{.id = 1, .created = {}, .material = Secret(std::string(32, 'k'))}};
        return crypto::SealingKeys::of(keys);
    }

    store::TemporaryStore store_;
    FixedClock clock_{*parse_iso8601("2026-11-24T04:23:00Z")};
    SequenceRandom random_{1};
    crypto::SealingKeys sealing_ = sealing_keys();
    Environment environment_{
        .clock = clock_, .random = random_, .sealing = sealing_, .quotas = {}, .partition = "aws"};
};

/// The error of a result that has to be one.
template <class T>
Error error_of(const Result<T>& result) {
    if (result) {
        ADD_FAILURE() << "no error";
        return {};
    }
    return result.error();
}

}  // namespace writ::directory
