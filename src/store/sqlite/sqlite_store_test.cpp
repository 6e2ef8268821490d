// What only the SQLite engine promises: the file, its tables, its life through crashes.
#include "store/sqlite/sqlite_store.h"

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/internal/sql.h"
#include "store/records.h"
#include "store/sqlite/migrate.h"
#include "store/temporary_store.h"

namespace writ::store {
namespace {

constexpr const char* account = "111122223333";

/// Columns of a query, one row a line, separated by blanks.
std::vector<std::string> rows_of(sqlite::Connection& connection, const std::string& sql, int columns) {
    auto statement = connection.prepare(sql);
    EXPECT_TRUE(statement);
    std::vector<std::string> rows;
    while (*statement->step()) {
        std::string row;
        for (int i = 0; i < columns; ++i) {
            if (i > 0) row += ' ';
            row += sqlite::StatementRow(*statement).text(static_cast<std::size_t>(i));
        }
        rows.push_back(row);
    }
    return rows;
}

std::string described(const ColumnInfo& column) {
    const char* types[] = {"TEXT", "INTEGER", "BLOB"};
    return std::string(column.name) + ' ' + types[static_cast<int>(column.type)] +
           (column.nullable ? " 0" : " 1");
}

TEST(SqliteStore, MakesNothingUnlessToldTo) {
    const TemporaryStore store;
    EXPECT_TRUE(open_sqlite({.file = store.file(), .make = false}));
    const std::filesystem::path empty = store.file().parent_path() / "empty.db";
    const auto refused = open_sqlite({.file = empty, .make = false});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FailureKind::corrupt);
    auto connection = sqlite::Connection::open(empty);
    ASSERT_TRUE(connection);
    EXPECT_EQ(connection->query_integer("select count(*) from sqlite_schema"), 0);
}

TEST(SqliteStore, TablesAreWhatTheRecordsDescribe) {
    const TemporaryStore store;
    auto connection = sqlite::Connection::open(store.file());
    ASSERT_TRUE(connection);
    for (const Table* table : all_tables) {
        SCOPED_TRACE(std::string(table->name));
        const std::string quoted = "'" + std::string(table->name) + "'";
        std::vector<std::string> columns;
        for (const ColumnInfo& column : table->columns) columns.push_back(described(column));
        EXPECT_EQ(
            rows_of(*connection, "select name, type, \"notnull\" from pragma_table_info(" + quoted + ")", 3),
            columns);
        for (const Index* index : table->indexes) {
            SCOPED_TRACE(std::string(index->name));
            const bool primary = index == table->indexes.front();
            const std::string by = primary ? "origin = 'pk'" : "name = '" + std::string(index->name) + "'";
            const auto found = rows_of(
                *connection, "select \"unique\", name from pragma_index_list(" + quoted + ") where " + by, 1);
            ASSERT_EQ(found, std::vector<std::string>{index->unique ? "1" : "0"});
            const auto in_order =
                rows_of(*connection,
                        "select i.name from pragma_index_list(" + quoted +
                            ") l, pragma_index_info(l.name) i where l." + by + " order by seqno",
                        1);
            EXPECT_EQ(in_order, std::vector<std::string>(
                                    index->columns.begin(),
                                    index->columns.begin() + static_cast<long>(index->column_count())));
        }
    }
}

TEST(SqliteStore, EverySearchUsesItsIndex) {
    const TemporaryStore store;
    auto connection = sqlite::Connection::open(store.file());
    for (const Table* table : all_tables) {
        for (const Index* index : table->indexes) {
            const std::size_t columns = index->column_count();
            for (std::size_t equal = 1; equal <= columns; ++equal) {
                const sql::RangeShape shape{equal, columns > equal ? 1U : 0U, false};
                const auto plan =
                    rows_of(*connection, "explain query plan " + sql::select(*table, *index, shape), 4);
                ASSERT_EQ(plan.size(), 1U) << index->name;  // A second step would be a sort.
                EXPECT_NE(plan[0].find("SEARCH"), std::string::npos) << index->name << ": " << plan[0];
            }
        }
    }
}

// Users lie in the order of ids, which is none: looked up one by one, a page would touch as many places.
TEST(SqliteStore, PagesOfUsersLieInOnePiece) {
    const TemporaryStore store;
    auto connection = sqlite::Connection::open(store.file());
    const std::string page = sql::select(table_of<User>, User::by_name, {.equal = 1, .after = 1});
    const auto plan = rows_of(*connection, "explain query plan " + page, 4);
    ASSERT_EQ(plan.size(), 1U);
    EXPECT_NE(plan[0].find("COVERING INDEX"), std::string::npos) << plan[0];
}

TEST(SqliteStore, IsReadableByItsOwnerOnly) {
    const TemporaryStore store;
    ASSERT_TRUE((*store->write())->commit());
    for (const char* suffix : {"", "-wal", "-shm"}) {
        struct stat status{};
        ASSERT_EQ(stat((store.file().string() + suffix).c_str(), &status), 0) << suffix;
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << suffix;
    }
}

TEST(SqliteStore, KeepsRowsAndRevisionWhenOpenedAgain) {
    TemporaryStore store;
    auto transaction = store->write();
    ASSERT_TRUE((*transaction)->insert(Account{.account_id = account, .created_at = {}}));
    ASSERT_TRUE((*transaction)->commit());
    transaction->reset();
    store.reopen();
    EXPECT_EQ(store->revision(), 1);
    EXPECT_TRUE(*(*store->read())->find<Account>(Account::by_id, {account}));
}

TEST(SqliteStore, AProcessKilledInTheMiddleLeavesNothing) {
    TemporaryStore store;
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {  // A connection of its own: SQLite's must not cross a fork.
        auto own = open_sqlite({.file = store.file()});
        auto transaction = (*own)->write();
        (void)(*transaction)->insert(Account{.account_id = account, .created_at = {}});
        (void)(*transaction)->insert(Counter{.account_id = account, .name = "n", .value = 1});
        raise(SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    store.reopen();
    EXPECT_EQ(store->revision(), 0);
    EXPECT_FALSE(*(*store->read())->find<Account>(Account::by_id, {account}));
    auto transaction = store->write();  // Nor a lock.
    ASSERT_TRUE(transaction);
    ASSERT_TRUE((*transaction)->insert(Account{.account_id = account, .created_at = {}}));
    EXPECT_EQ((*transaction)->commit(), 1);
}

TEST(SqliteStore, AProcessKilledAfterCommitLeavesEverything) {
    TemporaryStore store;
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        auto own = open_sqlite({.file = store.file()});
        auto transaction = (*own)->write();
        (void)(*transaction)->insert(Account{.account_id = account, .created_at = {}});
        (void)(*transaction)->commit();
        raise(SIGKILL);
    }
    ASSERT_EQ(waitpid(child, nullptr, 0), child);
    store.reopen();
    EXPECT_EQ(store->revision(), 1);
    EXPECT_TRUE(*(*store->read())->find<Account>(Account::by_id, {account}));
}

TEST(SqliteStore, RefusesFilesThatAreNotItsOwn) {
    TemporaryStore store;
    const auto beside = [&](const char* name) { return store.file().parent_path() / name; };
    std::ofstream(beside("text.db")) << std::string(8192, 'x');
    const auto text = open_sqlite({.file = beside("text.db")});
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().kind, FailureKind::corrupt);

    {
        auto foreign = sqlite::Connection::open(beside("foreign.db"));
        ASSERT_TRUE(foreign->run("create table t (x)"));
    }
    const auto foreign = open_sqlite({.file = beside("foreign.db")});
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().kind, FailureKind::corrupt);
}

TEST(SqliteStore, RefusesAFileOfANewerVersion) {
    TemporaryStore store;
    {
        auto connection = sqlite::Connection::open(store.file());
        const auto newer = "pragma user_version = " + std::to_string(sqlite::newest_schema_version() + 1);
        ASSERT_TRUE(connection->run(newer.c_str()));
    }
    const auto opened = open_sqlite({.file = store.file()});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, FailureKind::corrupt);
}

TEST(SqliteStore, AFileThatCannotBeMadeIsUnavailable) {
    const auto opened = open_sqlite({.file = "/nonexistent/writ.db"});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, FailureKind::unavailable);
}

TEST(SqliteFailures, StandForResultCodes) {
    struct Case {
        int code;
        FailureKind kind;
    };
    for (const Case& row : {Case{SQLITE_CONSTRAINT_UNIQUE, FailureKind::duplicate},
                            {SQLITE_CONSTRAINT_PRIMARYKEY, FailureKind::duplicate},
                            {SQLITE_CONSTRAINT_FOREIGNKEY, FailureKind::foreign_key},
                            {SQLITE_BUSY, FailureKind::retry},
                            {SQLITE_BUSY_SNAPSHOT, FailureKind::retry},
                            {SQLITE_LOCKED, FailureKind::retry},
                            {SQLITE_FULL, FailureKind::unavailable},
                            {SQLITE_IOERR_FSYNC, FailureKind::unavailable},
                            {SQLITE_READONLY, FailureKind::unavailable},
                            {SQLITE_CORRUPT, FailureKind::corrupt},
                            {SQLITE_NOTADB, FailureKind::corrupt}}) {
        EXPECT_EQ(sqlite::failure_of(row.code, "").kind, row.kind) << row.code;
    }
}

/// Whether a process of its own would be kept from locking the file for itself: SQLite holds a shared lock on
/// these bytes of it while connections are open, and takes the log away when nobody does.
bool is_locked_against_others(const std::filesystem::path& file) {
    const pid_t child = ::fork();
    if (child == 0) {
        const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
        struct flock lock{};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_start = 0x40000002;
        lock.l_len = 510;
        const bool asked = descriptor >= 0 && ::fcntl(descriptor, F_GETLK, &lock) == 0;
        ::_exit(asked && lock.l_type != F_UNLCK ? 1 : 0);
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

TEST(SqliteStore, KeepsItsLocksWhenItOpensMoreConnections) {
    TemporaryStore store;
    EXPECT_TRUE(is_locked_against_others(store.file()));
    const auto one = store->read();
    const auto two = store->read();
    EXPECT_TRUE(is_locked_against_others(store.file()));
    const auto foreign = sqlite::Connection::open(store.file());
    EXPECT_TRUE(is_locked_against_others(store.file()));
}

}  // namespace
}  // namespace writ::store
