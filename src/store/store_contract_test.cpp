// Every sentence of store/store.h as a case. Nothing here knows an engine: a further one adds its maker to
// `engines`.
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <thread>

#include "store/faulty_store.h"
#include "store/records.h"
#include "store/temporary_postgresql_store.h"
#include "store/temporary_store.h"

namespace writ::store {
namespace {

using testing::ElementsAre;

constexpr const char* account = "111122223333";
constexpr const char* other_account = "444455556666";

struct Engine {
    const char* name;
    /// A store without rows, and what must live as long as it does.
    std::function<std::shared_ptr<Store>(const FeedRetention&)> make;
    bool needs_server = false;
};

std::shared_ptr<Store> make_sqlite(const FeedRetention& feed) {
    auto temporary = std::make_shared<TemporaryStore>(feed);
    return {temporary, &**temporary};
}

/// What stands before a store keeps its promises.
std::shared_ptr<Store> make_faulty(const FeedRetention& feed) {
    struct Both {
        explicit Both(const FeedRetention& retention) : inner(retention) {}
        TemporaryStore inner;
        FaultyStore outer{*inner};
    };
    auto both = std::make_shared<Both>(feed);
    return {both, &both->outer};
}

std::shared_ptr<Store> make_postgresql(const FeedRetention& feed) {
    auto temporary = std::make_shared<TemporaryPostgresqlStore>(feed);
    return {temporary, &**temporary};
}

class StoreContract : public testing::TestWithParam<Engine> {
  protected:
    void SetUp() override {
        if (GetParam().needs_server && !has_postgresql_server()) GTEST_SKIP() << no_postgresql_server;
        make({});
    }
    /// Goes on with a store that has nothing but two accounts.
    void make(const FeedRetention& feed) {
        store_ = GetParam().make(feed);
        auto transaction = store_->write();
        ASSERT_TRUE(transaction);
        for (const char* id : {account, other_account}) {
            ASSERT_TRUE((*transaction)->insert(Account{.account_id = id, .created_at = {}}));
        }
        ASSERT_TRUE((*transaction)->commit());
    }

    std::unique_ptr<Transaction> write() {
        auto transaction = store_->write();
        EXPECT_TRUE(transaction);
        return std::move(*transaction);
    }
    std::unique_ptr<Reader> read() {
        auto reader = store_->read();
        EXPECT_TRUE(reader);
        return std::move(*reader);
    }
    void add_users(std::initializer_list<const char*> names) {
        auto transaction = write();
        for (const char* name : names) ASSERT_TRUE(transaction->insert(user(name)));
        ASSERT_TRUE(transaction->commit());
    }
    static User user(std::string name, const char* in_account = account) {
        return {.account_id = in_account,
                .user_id = "AIDA" + name,
                .name = name,
                .name_folded = name,
                .path = "/",
                .created_at = Instant(std::chrono::milliseconds(1700000000123))};
    }
    static std::vector<std::string> names(const Outcome<std::vector<User>>& users) {
        std::vector<std::string> result;
        for (const User& user : *users) result.push_back(user.name);
        return result;
    }

    std::shared_ptr<Store> store_;
};

TEST_P(StoreContract, FindsTheRowOfAKeyAndNothingForAnother) {
    add_users({"ada"});
    auto reader = read();
    const auto found = reader->find<User>(User::by_name, {account, "ada"});
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->user_id, "AIDAada");
    EXPECT_EQ((*found)->created_at, user("ada").created_at);
    EXPECT_FALSE(*reader->find<User>(User::by_name, {account, "bob"}));
    EXPECT_FALSE(*reader->find<User>(User::by_name, {other_account, "ada"}));
}

TEST_P(StoreContract, KeepsEveryValueAsItWasGiven) {
    const std::string awkward("a\0b'\"%_\xC3\xA9\n", 10);
    auto transaction = write();
    const Tag tag{.account_id = account,
                  .resource_kind = EntityKind::policy,
                  .resource_id = "ANPA1",
                  .key_folded = awkward,
                  .key = awkward,
                  .value = ""};
    const AccessKey key{.account_id = account,
                        .owner_id = account,
                        .access_key_id = "AKIA1",
                        .active = false,
                        .sealed_secret = {std::byte{0}, std::byte{255}, std::byte{0}},
                        .created_at = Instant(std::chrono::milliseconds(-1))};
    ASSERT_TRUE(transaction->insert(tag));
    ASSERT_TRUE(transaction->insert(key));
    ASSERT_TRUE(transaction->commit());

    auto reader = read();
    const auto read_tag = *reader->find<Tag>(Tag::by_key, {account, "ANPA1", awkward});
    ASSERT_TRUE(read_tag);
    EXPECT_EQ(read_tag->key, awkward);
    EXPECT_EQ(read_tag->value, "");
    EXPECT_EQ(read_tag->resource_kind, EntityKind::policy);
    const auto read_key = *reader->find<AccessKey>(AccessKey::by_id, {"AKIA1"});
    ASSERT_TRUE(read_key);
    EXPECT_FALSE(read_key->active);
    EXPECT_EQ(read_key->sealed_secret, key.sealed_secret);
    EXPECT_EQ(read_key->created_at, key.created_at);
}

TEST_P(StoreContract, ListsInAscendingOrderOfTheIndexByBytes) {
    add_users({"b", "a", "_", "aa", "B", "\xC3\xA9"});
    EXPECT_THAT(names(read()->list<User>(User::by_name, {.equal = {account}})),
                ElementsAre("B", "_", "a", "aa", "b", "\xC3\xA9"));
}

TEST_P(StoreContract, ListsOnlyRowsThatShareTheLeadingColumns) {
    add_users({"a", "b"});
    auto transaction = write();
    ASSERT_TRUE(transaction->insert(user("c", other_account)));
    ASSERT_TRUE(transaction->commit());
    EXPECT_THAT(names(read()->list<User>(User::by_name, {.equal = {account}})), ElementsAre("a", "b"));
    EXPECT_THAT(names(read()->list<User>(User::by_name, {.equal = {other_account}})), ElementsAre("c"));
}

TEST_P(StoreContract, BeginsAfterTheGivenValueOrWithItWhenInclusive) {
    add_users({"a", "b", "c"});
    auto reader = read();
    EXPECT_THAT(names(reader->list<User>(User::by_name, {.equal = {account}, .after = {"a"}})),
                ElementsAre("b", "c"));
    EXPECT_THAT(
        names(reader->list<User>(User::by_name, {.equal = {account}, .after = {"b"}, .inclusive = true})),
        ElementsAre("b", "c"));
    EXPECT_THAT(names(reader->list<User>(User::by_name, {.equal = {account}, .after = {"bb"}})),
                ElementsAre("c"));
}

TEST_P(StoreContract, ReturnsNoMoreRowsThanAskedFor) {
    add_users({"a", "b", "c"});
    EXPECT_THAT(names(read()->list<User>(User::by_name, {.equal = {account}, .rows_max = 2})),
                ElementsAre("a", "b"));
    EXPECT_EQ(read()->count<User>(User::by_name, {.equal = {account}}), 3U);
    EXPECT_EQ(read()->count<User>(User::by_name, {.equal = {account}, .rows_max = 2}), 2U);
    EXPECT_EQ(read()->count<User>(User::by_name, {.equal = {account}, .after = {"b"}}), 1U);
}

TEST_P(StoreContract, ComparesWhatComesAfterAsATuple) {
    auto transaction = write();
    const auto attach = [&](EntityKind kind, const char* name) {
        return transaction->insert(Attachment{.account_id = account,
                                              .principal_kind = kind,
                                              .principal_id = std::string("ID-") + name,
                                              .principal_name_folded = name,
                                              .usage = PolicyUsage::permissions,
                                              .policy_arn = "arn"});
    };
    ASSERT_TRUE(attach(EntityKind::user, "a"));
    ASSERT_TRUE(attach(EntityKind::user, "m"));
    ASSERT_TRUE(attach(EntityKind::group, "b"));
    ASSERT_TRUE(attach(EntityKind::role, "c"));
    const auto rows = transaction->list<Attachment>(
        Attachment::by_policy, {.equal = {account, "arn"}, .after = {EntityKind::user, "a"}});
    std::vector<std::string> after;
    for (const Attachment& row : *rows) after.push_back(row.principal_name_folded);
    EXPECT_THAT(after, ElementsAre("m", "b", "c"));  // Users, groups, roles: the order of the numbers.
}

TEST_P(StoreContract, NothingComesBehindAValueThatIsNotThere) {
    auto transaction = write();
    const auto learn = [&](const char* owner, const char* name, std::optional<Instant> expires_at) {
        return transaction->insert(ResourceFact{.account_id = owner,
                                                .kind = FactKind::iterator_stream,
                                                .name = name,
                                                .value = "v",
                                                .expires_at = expires_at});
    };
    ASSERT_TRUE(learn(account, "stays", std::nullopt));
    ASSERT_TRUE(learn(account, "later", Instant(std::chrono::seconds(9))));
    ASSERT_TRUE(learn(account, "soon", Instant(std::chrono::seconds(7))));
    ASSERT_TRUE(learn(other_account, "soon", Instant(std::chrono::seconds(8))));
    const auto names_of = [](const auto& rows) {
        std::vector<std::string> found;
        for (const ResourceFact& row : *rows) found.push_back(row.account_id + ' ' + row.name);
        return found;
    };
    EXPECT_THAT(names_of(transaction->list<ResourceFact>(ResourceFact::by_expiry,
                                                         {.equal = {account}, .after = {Instant{}}})),
                ElementsAre("111122223333 soon", "111122223333 later"));
    EXPECT_THAT(names_of(transaction->list<ResourceFact>(ResourceFact::by_kind,
                                                         {.equal = {FactKind::iterator_stream, "soon"}})),
                ElementsAre("111122223333 soon", "444455556666 soon"));
    EXPECT_FALSE((*transaction->find<ResourceFact>(ResourceFact::by_name,
                                                   {account, FactKind::iterator_stream, "stays"}))
                     ->expires_at);
}

TEST_P(StoreContract, APageListingMeetsARowThatStaysExactlyOnce) {
    add_users({"b", "d", "f", "h"});
    std::vector<std::string> seen;
    std::string last;
    for (int page = 0; page < 10; ++page) {
        const auto rows =
            read()->list<User>(User::by_name, {.equal = {account}, .after = {last}, .rows_max = 1});
        if (rows->empty()) break;
        last = rows->front().name;
        seen.push_back(last);
        if (page == 0) {  // Before, at and behind the place of the listing.
            auto transaction = write();
            ASSERT_TRUE(transaction->insert(user("a")));
            ASSERT_TRUE(transaction->erase(user("b")));
            ASSERT_TRUE(transaction->erase(user("d")));
            ASSERT_TRUE(transaction->commit());
        }
    }
    EXPECT_THAT(seen, ElementsAre("b", "f", "h"));
}

TEST_P(StoreContract, AReaderSeesOneMoment) {
    add_users({"a"});
    auto before = read();
    add_users({"b"});
    EXPECT_THAT(names(before->list<User>(User::by_name, {.equal = {account}})), ElementsAre("a"));
    auto after = read();
    EXPECT_THAT(names(after->list<User>(User::by_name, {.equal = {account}})), ElementsAre("a", "b"));
    EXPECT_EQ(after->revision(), before->revision() + 1);
}

TEST_P(StoreContract, AReaderNeverWaitsForAWriter) {
    auto transaction = write();
    ASSERT_TRUE(transaction->insert(user("a")));
    EXPECT_FALSE(*read()->find<User>(User::by_name, {account, "a"}));
    ASSERT_TRUE(transaction->commit());
    EXPECT_TRUE(*read()->find<User>(User::by_name, {account, "a"}));
}

TEST_P(StoreContract, ATransactionSeesItsOwnWrites) {
    auto transaction = write();
    ASSERT_TRUE(transaction->insert(user("a")));
    EXPECT_TRUE(*transaction->find<User>(User::by_name, {account, "a"}));
    EXPECT_EQ(transaction->count<User>(User::by_name, {.equal = {account}}), 1U);
}

TEST_P(StoreContract, WithoutCommitNothingStays) {
    const Revision before = store_->revision();
    {
        auto transaction = write();
        ASSERT_TRUE(transaction->insert(user("a")));
    }
    EXPECT_FALSE(*read()->find<User>(User::by_name, {account, "a"}));
    EXPECT_EQ(store_->revision(), before);
    EXPECT_EQ(write()->revision(), before);
}

TEST_P(StoreContract, AnEndedTransactionCannotBeUsed) {
    auto transaction = write();
    ASSERT_TRUE(transaction->commit());
    EXPECT_FALSE(transaction->insert(user("a")));
    EXPECT_FALSE(transaction->find<User>(User::by_name, {account, "a"}));
    EXPECT_FALSE(transaction->commit());
}

TEST_P(StoreContract, OneTransactionWritesAtATime) {
    auto first = write();
    ASSERT_TRUE(first->insert(user("a")));
    bool second_saw_first = false;
    std::thread second([&] {
        auto transaction = store_->write();
        second_saw_first = *(*transaction)->find<User>(User::by_name, {account, "a"}) != std::nullopt;
    });
    ASSERT_TRUE(first->commit());
    second.join();
    EXPECT_TRUE(second_saw_first);
}

TEST_P(StoreContract, ADuplicateNamesItsIndexAndLeavesTheTransactionUsable) {
    add_users({"a"});
    auto transaction = write();
    auto same_name = user("a");
    same_name.user_id = "AIDAother";
    const auto by_name = transaction->insert(same_name);
    ASSERT_FALSE(by_name);
    EXPECT_EQ(by_name.error().kind, FailureKind::duplicate);
    EXPECT_EQ(by_name.error().constraint, User::by_name.name);

    auto same_id = user("a");
    same_id.name_folded = "z";
    const auto by_id = transaction->insert(same_id);
    ASSERT_FALSE(by_id);
    EXPECT_EQ(by_id.error().kind, FailureKind::duplicate);
    EXPECT_EQ(by_id.error().constraint, User::by_id.name);

    ASSERT_TRUE(transaction->insert(user("b")));
    ASSERT_TRUE(transaction->commit());
    EXPECT_THAT(names(read()->list<User>(User::by_name, {.equal = {account}})), ElementsAre("a", "b"));
}

TEST_P(StoreContract, AnUpdateCanMeetADuplicateToo) {
    add_users({"a", "b"});
    auto transaction = write();
    auto renamed = user("a");
    renamed.name_folded = "b";
    const auto outcome = transaction->update(renamed);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().constraint, User::by_name.name);
}

TEST_P(StoreContract, FailuresTellNoValues) {
    add_users({"confidential"});
    auto transaction = write();
    const auto outcome = transaction->insert(user("confidential"));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().detail.find("confidential"), std::string::npos);
}

TEST_P(StoreContract, UpdateReplacesAllColumnsAndNeedsTheRow) {
    add_users({"a"});
    auto transaction = write();
    auto changed = user("a");
    changed.name = "A";
    changed.path = "/p/";
    ASSERT_TRUE(transaction->update(changed));
    const auto found = *transaction->find<User>(User::by_id, {account, "AIDAa"});
    EXPECT_EQ(found->name, "A");
    EXPECT_EQ(found->path, "/p/");
    const auto missing = transaction->update(user("nobody"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, FailureKind::not_found);
}

TEST_P(StoreContract, EraseNeedsTheRowAndNobodyThatPointsAtIt) {
    add_users({"a"});
    auto transaction = write();
    ASSERT_TRUE(transaction->insert(Group{.account_id = account,
                                          .group_id = "AGPA1",
                                          .name = "g",
                                          .name_folded = "g",
                                          .path = "/",
                                          .created_at = {}}));
    const Membership membership{
        .account_id = account, .group_id = "AGPA1", .user_id = "AIDAa", .user_name_folded = "a"};
    ASSERT_TRUE(transaction->insert(membership));
    const auto held = transaction->erase(user("a"));
    ASSERT_FALSE(held);
    EXPECT_EQ(held.error().kind, FailureKind::foreign_key);
    ASSERT_TRUE(transaction->erase(membership));
    ASSERT_TRUE(transaction->erase(user("a")));
    const auto gone = transaction->erase(user("a"));
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().kind, FailureKind::not_found);
    const auto dangling = transaction->insert(membership);
    ASSERT_FALSE(dangling);
    EXPECT_EQ(dangling.error().kind, FailureKind::foreign_key);
}

TEST_P(StoreContract, TheFeedTellsEachChangedEntityOnceInOrderBeforeCommitReturns) {
    std::vector<Change> heard;
    store_->listen([&](const std::vector<Change>& changes) {
        heard.insert(heard.end(), changes.begin(), changes.end());
    });
    const Revision before = store_->revision();
    auto transaction = write();
    ASSERT_TRUE(transaction->insert(user("a")));
    auto changed = user("a");
    changed.path = "/p/";
    ASSERT_TRUE(transaction->update(changed));
    ASSERT_TRUE(transaction->insert(user("b")));
    EXPECT_TRUE(heard.empty());
    EXPECT_EQ(transaction->commit(), before + 1);

    ASSERT_EQ(heard.size(), 2U);
    EXPECT_EQ(heard[0].entity, (Entity{EntityKind::user, account, "AIDAa"}));
    EXPECT_EQ(heard[1].entity, (Entity{EntityKind::user, account, "AIDAb"}));
    EXPECT_EQ(heard[0].revision, before + 1);
    EXPECT_EQ(store_->revision(), before + 1);
}

TEST_P(StoreContract, ARefusedWriteIsNoChange) {
    add_users({"a"});
    std::vector<Change> heard;
    store_->listen([&](const std::vector<Change>& changes) { heard = changes; });
    const Revision before = store_->revision();
    auto transaction = write();
    EXPECT_FALSE(transaction->insert(user("a")));
    EXPECT_FALSE(transaction->erase(user("nobody")));
    EXPECT_EQ(transaction->commit(), before);
    EXPECT_TRUE(heard.empty());
}

TEST_P(StoreContract, RowsWithoutAnEntityLeaveTheRevisionAlone) {
    const Revision before = store_->revision();
    auto transaction = write();
    ASSERT_TRUE(transaction->insert(Counter{.account_id = account, .name = "n", .value = 7}));
    EXPECT_EQ(transaction->commit(), before);
    EXPECT_EQ((*read()->find<Counter>(Counter::by_name, {account, "n"}))->value, 7);
}

TEST_P(StoreContract, ChangesSinceARevisionCanBeAskedFor) {
    const Revision before = store_->revision();
    add_users({"a"});
    add_users({"b", "c"});
    const auto all = store_->changes_since(before, 100);
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 3U);
    EXPECT_EQ(all->at(0).entity.id, "AIDAa");
    EXPECT_EQ(all->at(0).revision, before + 1);
    EXPECT_EQ(all->at(2).entity.id, "AIDAc");
    EXPECT_EQ(all->at(2).revision, before + 2);
    EXPECT_EQ(store_->changes_since(before + 1, 1)->size(), 1U);
    EXPECT_TRUE(store_->changes_since(before + 2, 100)->empty());
}

TEST_P(StoreContract, LinesOfTheFeedGoWhenTheyAreOldAndWhoAsksForThemIsTold) {
    constexpr FeedRetention feed{.kept = 8, .dropped_every = 4};
    make(feed);
    for (int i = 0; i < 40; ++i) {
        add_users({("a" + std::to_string(i)).c_str()});
        const Revision last = store_->revision();
        const Revision oldest_kept = std::max<Revision>(last - feed.kept, 0);
        const auto kept = store_->changes_since(oldest_kept, 1'000);
        ASSERT_TRUE(kept);
        EXPECT_EQ(kept->back().revision, last);
        EXPECT_EQ(kept->front().revision, oldest_kept + 1);
        if (last <= feed.kept + feed.dropped_every) continue;
        const auto gone = store_->changes_since(last - feed.kept - feed.dropped_every - 1, 1);
        ASSERT_FALSE(gone);
        EXPECT_EQ(gone.error().kind, FailureKind::not_found);
    }
    EXPECT_TRUE(store_->changes_since(store_->revision(), 1)->empty());
    EXPECT_EQ(read()->count<User>(User::by_id, {.equal = {account}}), 40U) << "nothing but the feed goes";
}

TEST_P(StoreContract, ManyThreadsReadAndWriteAtOnce) {
    constexpr int threads = 4;
    constexpr int rounds = 40;
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; ++t) {
        workers.emplace_back([&, t] {
            for (int i = 0; i < rounds; ++i) {
                const std::string name = "u" + std::to_string(t) + "-" + std::to_string(i);
                auto transaction = write();
                ASSERT_TRUE(transaction->insert(user(name)));
                ASSERT_TRUE(transaction->commit());
                transaction.reset();
                ASSERT_TRUE(*read()->find<User>(User::by_name, {account, name}));
            }
        });
    }
    for (std::thread& worker : workers) worker.join();
    EXPECT_EQ(read()->count<User>(User::by_name, {.equal = {account}}),
              static_cast<std::size_t>(threads * rounds));
}

/// Lets `first` write a user and commit while `second` waits for its turn, so that both may become durable
/// together.
class TwoWriters {
  public:
    template <class Second>
    TwoWriters(store::Store& store, const User& first, Second second) {
        auto transaction = *store.write();
        EXPECT_TRUE(transaction->insert(first));
        std::thread behind([&] {
            auto mine = *store.write();
            second(*mine);
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(20));  // It waits by now, mostly.
        committed = transaction->commit();
        transaction.reset();
        behind.join();
    }
    Outcome<Revision> committed;
};

TEST_P(StoreContract, AWriterBehindAnotherSeesItsWork) {
    const Revision before = store_->revision();
    Outcome<Revision> second;
    const TwoWriters two(*store_, user("a"), [&](Transaction& transaction) {
        EXPECT_EQ(transaction.revision(), before + 1);
        EXPECT_EQ(transaction.insert(user("a")).error().kind, FailureKind::duplicate);
        EXPECT_TRUE(transaction.insert(user("b")));
        second = transaction.commit();
    });
    EXPECT_EQ(two.committed, before + 1);
    EXPECT_EQ(second, before + 2);
    EXPECT_EQ(read()->count<User>(User::by_name, {.equal = {account}}), 2U);
    EXPECT_EQ(store_->changes_since(before, 10)->size(), 2U);
}

TEST_P(StoreContract, AWriterBehindAnotherTakesBackItsOwnWorkOnly) {
    const Revision before = store_->revision();
    const TwoWriters two(*store_, user("a"), [&](Transaction& transaction) {
        EXPECT_TRUE(transaction.insert(user("b")));
        EXPECT_TRUE(transaction.erase(user("a")));
        // No commit.
    });
    EXPECT_EQ(two.committed, before + 1);
    EXPECT_TRUE(*read()->find<User>(User::by_name, {account, "a"}));
    EXPECT_FALSE(*read()->find<User>(User::by_name, {account, "b"}));
    EXPECT_EQ(store_->revision(), before + 1);
    add_users({"c"});
    EXPECT_EQ(store_->revision(), before + 2);
}

TEST_P(StoreContract, WritersInACrowdAreHeardOneByOneAndInOrder) {
    constexpr int threads = 8;
    constexpr int rounds = 40;
    std::vector<Revision> heard;
    store_->listen([&](const std::vector<Change>& changes) {
        for (const Change& change : changes) heard.push_back(change.revision);
    });
    const Revision before = store_->revision();
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; ++t) {
        workers.emplace_back([&, t] {
            for (int i = 0; i < rounds; ++i) {
                const std::string name = "u" + std::to_string(t) + "-" + std::to_string(i);
                auto transaction = write();
                ASSERT_TRUE(transaction->insert(user(name)));
                if (i % 3 == 2) continue;  // Taken back.
                const auto revision = transaction->commit();
                ASSERT_TRUE(revision);
                ASSERT_LE(*revision, store_->revision());
            }
        });
    }
    for (std::thread& worker : workers) worker.join();
    constexpr int kept = threads * (rounds - rounds / 3);
    ASSERT_EQ(heard.size(), std::size_t{kept});
    for (int i = 0; i < kept; ++i) EXPECT_EQ(heard[static_cast<std::size_t>(i)], before + 1 + i);
    EXPECT_EQ(read()->count<User>(User::by_name, {.equal = {account}}), std::size_t{kept});
}

TEST_P(StoreContract, AbsentValuesAreNoDuplicatesOfEachOther) {
    // Neither account of the suite has an e-mail address, which no two may share.
    auto transaction = write();
    const auto with_email = [](const char* id) {
        return Account{.account_id = id,
                       .created_at = {},
                       .name = "n",
                       .email = "A@b.example",
                       .email_folded = "a@b.example"};
    };
    ASSERT_TRUE(transaction->update(with_email(account)));
    const auto second = transaction->update(with_email(other_account));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, FailureKind::duplicate);
    EXPECT_EQ(second.error().constraint, Account::by_email.name);
    const auto found = *transaction->find<Account>(Account::by_email, {"a@b.example"});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->email, "A@b.example");
    EXPECT_FALSE(found->closed_at);
}

TEST_P(StoreContract, WhatAnOrganizationChangesIsToldByItsId) {
    std::vector<Change> heard;
    store_->listen([&](const std::vector<Change>& changes) {
        heard.insert(heard.end(), changes.begin(), changes.end());
    });
    auto transaction = write();
    ASSERT_TRUE(transaction->insert(
        Organization{.organization_id = "o-1", .management_account_id = account, .root_id = "r-1"}));
    ASSERT_TRUE(transaction->insert(
        OrganizationMember{.account_id = account, .organization_id = "o-1", .parent_id = "r-1"}));
    ASSERT_TRUE(transaction->insert(OrganizationAttachment{
        .organization_id = "o-1", .target_id = "r-1", .policy_id = "p-FullAWSAccess"}));
    const auto again = transaction->insert(
        Organization{.organization_id = "o-2", .management_account_id = account, .root_id = "r-2"});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().constraint, Organization::by_management_account.name);
    ASSERT_TRUE(transaction->commit());
    ASSERT_EQ(heard.size(), 2U);
    EXPECT_EQ(heard[0].entity, (Entity{EntityKind::account, account, account}));
    EXPECT_EQ(heard[1].entity, (Entity{EntityKind::organization, "", "o-1"}));

    // Whoever reads the feed is told the same in the same order.
    const auto read = store_->changes_since(heard[0].revision - 1, 10);
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 2U);
    EXPECT_EQ(read->at(0).entity, heard[0].entity);
    EXPECT_EQ(read->at(1).entity, heard[1].entity);
}

// Both decide who may ask for the root of members (spec B27).
TEST_P(StoreContract, TrustInServicesAndRootAccessAreToldByTheOrganization) {
    std::vector<Change> heard;
    store_->listen([&](const std::vector<Change>& changes) {
        heard.insert(heard.end(), changes.begin(), changes.end());
    });
    const TrustedService trusted{.organization_id = "o-1", .service_principal = "iam.amazonaws.com"};
    const EnabledRootAccess enabled{.organization_id = "o-1", .feature = RootAccessFeature::sessions};
    const auto committed = [&](const auto& act) {
        auto transaction = write();
        EXPECT_TRUE(act(*transaction));
        EXPECT_TRUE(transaction->commit());
        return std::exchange(heard, {});
    };
    committed([](Transaction& transaction) {
        return transaction.insert(
            Organization{.organization_id = "o-1", .management_account_id = account, .root_id = "r-1"});
    });
    const Entity organization{EntityKind::organization, "", "o-1"};
    for (const auto& changes :
         {committed([&](Transaction& transaction) { return transaction.insert(trusted); }),
          committed([&](Transaction& transaction) { return transaction.insert(enabled); }),
          committed([&](Transaction& transaction) { return transaction.erase(trusted); }),
          committed([&](Transaction& transaction) { return transaction.erase(enabled); })}) {
        ASSERT_EQ(changes.size(), 1U);
        EXPECT_EQ(changes.front().entity, organization);
    }
}

TEST_P(StoreContract, AMemberIsHeldByWhatItAdministers) {
    auto transaction = write();
    const OrganizationMember member{.account_id = account, .organization_id = "o-1", .parent_id = "r-1"};
    ASSERT_TRUE(transaction->insert(
        Organization{.organization_id = "o-1", .management_account_id = other_account, .root_id = "r-1"}));
    ASSERT_TRUE(transaction->insert(member));
    const DelegatedAdministrator delegate{
        .organization_id = "o-1", .account_id = account, .service_principal = "config.amazonaws.com"};
    ASSERT_TRUE(transaction->insert(delegate));
    const auto held = transaction->erase(member);
    ASSERT_FALSE(held);
    EXPECT_EQ(held.error().kind, FailureKind::foreign_key);
    ASSERT_TRUE(transaction->erase(delegate));
    ASSERT_TRUE(transaction->erase(member));
}

INSTANTIATE_TEST_SUITE_P(Engines, StoreContract,
                         testing::Values(Engine{"Sqlite", make_sqlite},
                                         Engine{"FaultyWithoutFault", make_faulty},
                                         Engine{"Postgresql", make_postgresql, true}),
                         [](const auto& engine) { return engine.param.name; });

}  // namespace
}  // namespace writ::store
