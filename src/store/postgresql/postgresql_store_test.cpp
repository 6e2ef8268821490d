// What only the PostgreSQL engine promises: its tables, other processes on them, lost connections.
#include "store/postgresql/postgresql_store.h"

#include <algorithm>
#include <chrono>
#include <gtest/gtest.h>
#include <mutex>
#include <thread>

#include "store/internal/schema_steps.h"
#include "store/records.h"
#include "store/temporary_postgresql_store.h"

namespace writ::store {
namespace {

constexpr const char* account = "111122223333";

User user(const std::string& name) {
    return {.account_id = account,
            .user_id = "AIDA" + name,
            .name = name,
            .name_folded = name,
            .path = "/",
            .created_at = {}};
}

class PostgresqlStore : public testing::Test {
  protected:
    void SetUp() override {
        if (!has_postgresql_server()) GTEST_SKIP() << no_postgresql_server;
        temporary_ = std::make_unique<TemporaryPostgresqlStore>();
    }
    Store& store() { return **temporary_; }

    static void add_account(Store& to) {
        auto transaction = to.write();
        ASSERT_TRUE(transaction);
        ASSERT_TRUE((*transaction)->insert(Account{.account_id = account, .created_at = {}}));
        ASSERT_TRUE((*transaction)->commit());
    }
    static void add_user(Store& to, const std::string& name) {
        auto transaction = to.write();
        ASSERT_TRUE(transaction) << transaction.error().detail;
        ASSERT_TRUE((*transaction)->insert(user(name)));
        ASSERT_TRUE((*transaction)->commit());
    }
    /// Cuts the connections of every store on the schema.
    void cut_connections() {
        TemporaryPostgresqlStore::run(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" +
            temporary_->schema() + "'");
    }
    /// One text column of a query on the schema, row by row.
    std::vector<std::string> texts(const std::string& query) {
        auto connection = postgresql::Connection::open(temporary_->address());
        EXPECT_TRUE(connection);
        EXPECT_TRUE(connection->prepare("texts", query));
        const auto rows = connection->execute("texts", {});
        EXPECT_TRUE(rows) << rows.error().detail;
        std::vector<std::string> found;
        for (std::size_t i = 0; i < rows->size(); ++i) {
            found.emplace_back(postgresql::ResultRow(*rows, i).text(0));
        }
        return found;
    }

    std::unique_ptr<TemporaryPostgresqlStore> temporary_;
};

/// Collects what a store tells.
class Listener {
  public:
    explicit Listener(Store& store) {
        store.listen([this](const std::vector<Change>& changes) {
            const std::scoped_lock lock(mutex_);
            for (const Change& change : changes) heard_.push_back(change.entity.id);
        });
    }
    std::vector<std::string> heard() {
        const std::scoped_lock lock(mutex_);
        return heard_;
    }
    /// Waits for so many, at most the second that the design promises.
    std::vector<std::string> wait_for(std::size_t count) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
        while (heard().size() < count && std::chrono::steady_clock::now() < end) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return heard();
    }

  private:
    std::mutex mutex_;
    std::vector<std::string> heard_;
};

using Texts = std::vector<std::string>;

TEST_F(PostgresqlStore, TablesAreWhatTheRecordsDescribe) {
    for (const Table* table : all_tables) {
        const std::string name(table->name);
        SCOPED_TRACE(name);
        Texts columns;
        for (const ColumnInfo& column : table->columns) {
            columns.push_back(std::string(column.name) +
                              (column.type == ColumnType::integer ? " bigint " : " bytea ") +
                              (column.nullable ? "YES" : "NO"));
        }
        EXPECT_EQ(texts("select column_name || ' ' || data_type || ' ' || is_nullable"
                        " from information_schema.columns where table_schema = current_schema()"
                        " and table_name = '" +
                        name + "' order by ordinal_position"),
                  columns);
        for (const Index* index : table->indexes) {
            SCOPED_TRACE(std::string(index->name));
            const bool primary = index == table->indexes.front();
            const std::string in_database = primary ? name + "_pkey" : std::string(index->name);
            Texts expected;
            for (std::size_t i = 0; i < index->column_count(); ++i) {
                expected.push_back(std::string(index->columns[i]) + (index->unique ? " unique" : ""));
            }
            EXPECT_EQ(texts("select a.attname || case when i.indisunique then ' unique' else '' end"
                            " from pg_index i join pg_class c on c.oid = i.indexrelid"
                            " join pg_attribute a on a.attrelid = c.oid"
                            " where c.relnamespace = current_schema()::regnamespace and c.relname = '" +
                            in_database + "' order by a.attnum"),
                      expected);
        }
    }
}

TEST_F(PostgresqlStore, AddsNothingToTablesThatAreUpToDate) {
    EXPECT_EQ(texts("select version::text from schema_version"),
              Texts{std::to_string(sql::schema_steps().size())});
    add_account(store());
    const auto again = temporary_->another();
    EXPECT_TRUE(*(*again->read())->find<Account>(Account::by_id, {account}));
}

TEST_F(PostgresqlStore, MakesNothingUnlessToldTo) {
    EXPECT_TRUE(open_postgresql({.address = temporary_->address(), .make = false}));
    TemporaryPostgresqlStore::run("update " + temporary_->schema() + ".schema_version set version = 1");
    const auto outdated = open_postgresql({.address = temporary_->address(), .make = false});
    ASSERT_FALSE(outdated);
    EXPECT_EQ(outdated.error().kind, FailureKind::corrupt);
    EXPECT_EQ(texts("select version::text from schema_version"), Texts{"1"});
    const auto empty = open_postgresql({.address = postgresql_server(), .make = false});
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().kind, FailureKind::corrupt);
    EXPECT_TRUE(texts("select tablename::text from pg_tables where schemaname = 'public'").empty());
}

TEST_F(PostgresqlStore, DoesNotRepeatAddressesThatCannotBeRead) {
    for (const char* address : {"postgresql://u:hidden%zz@h/d", "postgresql://u:hidden/x@h/d"}) {
        const auto refused = open_postgresql({.address = address});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().detail.find("hidden"), std::string::npos) << refused.error().detail;
    }
}

TEST_F(PostgresqlStore, RefusesSchemasOfNewerVersionsAndOfOthers) {
    const PostgresqlOptions options{.address = temporary_->address()};
    TemporaryPostgresqlStore::run("update " + temporary_->schema() + ".schema_version set version = 1000000");
    const auto newer = open_postgresql(options);
    ASSERT_FALSE(newer);
    EXPECT_EQ(newer.error().kind, FailureKind::corrupt);
    EXPECT_NE(newer.error().detail.find("newer version"), std::string::npos);

    TemporaryPostgresqlStore::run("drop table " + temporary_->schema() + ".schema_version");
    const auto foreign = open_postgresql(options);
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().kind, FailureKind::corrupt);
    EXPECT_NE(foreign.error().detail.find("another program"), std::string::npos);
}

TEST_F(PostgresqlStore, SaysThatNoServerAnswers) {
    const auto refused = open_postgresql({.address = "host=/nonexistent dbname=writ"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FailureKind::unavailable);
    EXPECT_NE(refused.error().detail.find("/nonexistent"), std::string::npos);
}

TEST_F(PostgresqlStore, TellsWhatOtherProcessesCommit) {
    add_account(store());
    const auto other = temporary_->another();
    Listener listener(*other);
    add_user(store(), "a");
    EXPECT_EQ(listener.wait_for(1), Texts{"AIDAa"});
    EXPECT_EQ(other->revision(), store().revision());
}

TEST_F(PostgresqlStore, ANotificationThatComesWithAnAnswerIsNotMissed) {
    auto connection = postgresql::Connection::open(temporary_->address());
    ASSERT_TRUE(connection);
    ASSERT_TRUE(connection->run("listen writ_test"));
    TemporaryPostgresqlStore::run("notify writ_test");
    ASSERT_TRUE(connection->run("select 1"));  // Reads the notification along.
    EXPECT_EQ(connection->wait_for_notification(-1, 0), true);
    EXPECT_EQ(connection->wait_for_notification(-1, 0), false);
}

TEST_F(PostgresqlStore, TellsItsOwnCommitsBehindThoseOfOthersEachOnce) {
    add_account(store());
    const auto other = temporary_->another();
    Listener listener(store());
    for (int i = 0; i < 20; ++i) {
        add_user(*other, "other" + std::to_string(i));
        add_user(store(), "own" + std::to_string(i));
        const Texts heard = listener.heard();  // Without waiting: commit() has told both.
        ASSERT_EQ(heard.size(), 2U * (static_cast<std::size_t>(i) + 1));
        EXPECT_EQ(heard[heard.size() - 2], "AIDAother" + std::to_string(i));
        EXPECT_EQ(heard.back(), "AIDAown" + std::to_string(i));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(listener.heard().size(), 40U);
}

TEST_F(PostgresqlStore, ProcessesTakeTurnsWriting) {
    add_account(store());
    const auto other = temporary_->another();
    const Revision before = store().revision();
    constexpr int rounds = 30;
    const auto work = [&](Store& on, const char* prefix) {
        for (int i = 0; i < rounds; ++i) add_user(on, prefix + std::to_string(i));
    };
    std::thread first([&] { work(store(), "a"); });
    std::thread second([&] { work(*other, "b"); });
    first.join();
    second.join();
    const auto changes = store().changes_since(before, 1'000);
    ASSERT_EQ(changes->size(), 2U * rounds);
    for (std::size_t i = 0; i < changes->size(); ++i) {  // No revision is missing, none is there twice.
        EXPECT_EQ(changes->at(i).revision, before + 1 + static_cast<Revision>(i));
    }
}

TEST_F(PostgresqlStore, ConnectsAgainBetweenTransactions) {
    add_account(store());
    add_user(store(), "a");
    cut_connections();
    EXPECT_TRUE(*(*store().read())->find<User>(User::by_name, {account, "a"}));
    add_user(store(), "b");
    EXPECT_TRUE(*(*store().read())->find<User>(User::by_name, {account, "b"}));
}

TEST_F(PostgresqlStore, HearsAfterALostConnectionWhatItMissed) {
    add_account(store());
    const auto other = temporary_->another();
    Listener listener(*other);
    cut_connections();
    add_user(store(), "a");
    EXPECT_EQ(listener.wait_for(1), Texts{"AIDAa"});
    add_user(store(), "b");
    EXPECT_EQ(listener.wait_for(2), (Texts{"AIDAa", "AIDAb"}));
}

TEST_F(PostgresqlStore, TellsThatAnythingMayHaveChangedWhenItMissedTooMuch) {
    add_account(store());
    std::atomic<bool> anything = false;
    store().listen([&](const std::vector<Change>& changes) { anything = anything || changes.empty(); });
    const Revision ahead = store().revision() + 100;  // Of the 99 between them nothing is left.
    auto connection = postgresql::Connection::open(temporary_->address());
    ASSERT_TRUE(connection);
    const std::string line = "insert into changes (revision, account_id, entity_kind, entity_id) values (" +
                             std::to_string(ahead) + ", '', 2, 'AIDAa'); notify writ_changes";
    ASSERT_TRUE(connection->run(line.c_str()));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (store().revision() < ahead && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_EQ(store().revision(), ahead);
    EXPECT_TRUE(anything);
    add_user(store(), "b");
    EXPECT_EQ(store().revision(), ahead + 1);
}

TEST_F(PostgresqlStore, AConnectionLostWithinATransactionLeavesNothingAndMayBeginAnew) {
    add_account(store());
    {
        auto transaction = store().write();
        ASSERT_TRUE((*transaction)->insert(user("a")));
        cut_connections();
        const auto lost = (*transaction)->insert(user("b"));
        ASSERT_FALSE(lost);
        EXPECT_EQ(lost.error().kind, FailureKind::retry);
    }
    EXPECT_FALSE(*(*store().read())->find<User>(User::by_name, {account, "a"}));
    add_user(store(), "a");
}

TEST_F(PostgresqlStore, ACommitWhoseConnectionIsLostIsNotBegunAnew) {
    add_account(store());
    auto transaction = store().write();
    ASSERT_TRUE((*transaction)->insert(Counter{.account_id = account, .name = "n", .value = 7}));
    cut_connections();
    const auto committed = (*transaction)->commit();
    ASSERT_FALSE(committed);
    EXPECT_EQ(committed.error().kind, FailureKind::unavailable);
}

TEST_F(PostgresqlStore, AFailedReadFailsTheCommit) {
    add_account(store());
    auto transaction = store().write();
    ASSERT_TRUE((*transaction)->insert(user("a")));
    constexpr Index no_index{"none", true, {"no_such_column"}};
    EXPECT_FALSE((*transaction)->find<User>(no_index, {"x"}));
    EXPECT_FALSE((*transaction)->commit());
    transaction->reset();
    EXPECT_FALSE(*(*store().read())->find<User>(User::by_name, {account, "a"}));
}

}  // namespace
}  // namespace writ::store
