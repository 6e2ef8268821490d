#include "store/sqlite/sqlite_store.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "store/sqlite/migrate.h"
#include "store/sqlite/session.h"

namespace writ::store {
namespace {

using sqlite::Session;
using SessionPtr = std::unique_ptr<Session>;

Outcome<SessionPtr> open_session(const SqliteOptions& options) {
    auto connection = sqlite::Connection::open(options.file);
    if (!connection) return std::unexpected(std::move(connection.error()));
    const char* settings =
        options.sync_every_commit
            ? "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on"
            : "pragma journal_mode = wal; pragma synchronous = off; pragma foreign_keys = on";
    if (auto set = connection->run(settings); !set) return std::unexpected(std::move(set.error()));
    return std::make_unique<Session>(std::move(*connection));
}

class SqliteStore final : public Store {
  public:
    SqliteStore(SqliteOptions options, SessionPtr writer, Revision revision)
        : options_(std::move(options)), writer_(std::move(writer)), revision_(revision) {}

    Outcome<std::unique_ptr<Reader>> read() override;
    Outcome<std::unique_ptr<Transaction>> write() override;
    Revision revision() const noexcept override { return revision_.load(std::memory_order_acquire); }
    Outcome<std::vector<Change>> changes_since(Revision revision, std::size_t rows_max) override;
    void listen(ChangeListener listener) override { listeners_.push_back(std::move(listener)); }

    Outcome<SessionPtr> take_reader();
    void give_back(SessionPtr reader);
    /// REQUIRES: the caller holds the writer's lock.
    void publish(Revision revision, const std::vector<Change>& changes) {
        revision_.store(revision, std::memory_order_release);
        for (const ChangeListener& listener : listeners_) listener(changes);
    }

  private:
    const SqliteOptions options_;
    std::mutex writing_;
    const SessionPtr writer_;  // Guarded by writing_.
    std::atomic<Revision> revision_;
    std::vector<ChangeListener> listeners_;

    std::mutex readers_;
    std::condition_variable reader_free_;
    std::vector<SessionPtr> idle_;  // Guarded by readers_.
    std::size_t opened_ = 0;        // Guarded by readers_.
};

class SqliteReader final : public Reader {
  public:
    SqliteReader(SqliteStore& store, SessionPtr session, Revision revision)
        : store_(store), session_(std::move(session)), revision_(revision) {}
    ~SqliteReader() override { store_.give_back(std::move(session_)); }

    Revision revision() const noexcept override { return revision_; }
    Outcome<void> scan(const Table& table, const Index& index, const Range& range,
                       const Sink& sink) override {
        return session_->scan(table, index, range, sink);
    }
    Outcome<std::size_t> count_rows(const Table& table, const Index& index, const Range& range) override {
        return session_->count(table, index, range);
    }

  private:
    SqliteStore& store_;
    SessionPtr session_;
    Revision revision_;
};

class SqliteTransaction final : public Transaction {
  public:
    SqliteTransaction(SqliteStore& store, Session& session, std::unique_lock<std::mutex> turn,
                      Revision revision)
        : store_(store), session_(session), turn_(std::move(turn)), revision_(revision) {}
    ~SqliteTransaction() override {
        if (turn_.owns_lock()) session_.rollback();
    }

    Revision revision() const noexcept override { return revision_; }
    Outcome<void> scan(const Table& table, const Index& index, const Range& range,
                       const Sink& sink) override {
        if (!turn_.owns_lock()) return ended();
        return session_.scan(table, index, range, sink);
    }
    Outcome<std::size_t> count_rows(const Table& table, const Index& index, const Range& range) override {
        if (!turn_.owns_lock()) return ended();
        return session_.count(table, index, range);
    }
    Outcome<Revision> commit() override;

  protected:
    Outcome<void> insert_row(const Table& table, std::span<const Bind> row) override {
        return turn_.owns_lock() ? session_.insert(table, row) : ended();
    }
    Outcome<void> update_row(const Table& table, std::span<const Bind> row) override {
        return turn_.owns_lock() ? session_.update(table, row) : ended();
    }
    Outcome<void> erase_row(const Table& table, std::span<const Bind> row) override {
        return turn_.owns_lock() ? session_.erase(table, row) : ended();
    }

  private:
    static std::unexpected<Failure> ended() {
        return std::unexpected(Failure{FailureKind::unavailable, {}, "the transaction has ended"});
    }

    SqliteStore& store_;
    Session& session_;
    std::unique_lock<std::mutex> turn_;  // Held while the transaction can be used.
    Revision revision_;
};

Outcome<Revision> SqliteTransaction::commit() {
    if (!turn_.owns_lock()) return ended();
    const std::unique_lock<std::mutex> turn = std::move(turn_);  // Ends with this call, whatever happens.
    std::vector<Change> changes;
    changes.reserve(changed_.size());
    const Revision next = changed_.empty() ? revision_ : revision_ + 1;
    for (const Entity& entity : changed_) changes.push_back({next, entity});

    auto done = session_.append_changes(changes);
    if (done) done = session_.commit();
    if (!done) {
        session_.rollback();
        return std::unexpected(std::move(done.error()));
    }
    if (!changes.empty()) store_.publish(next, changes);
    return next;
}

Outcome<SessionPtr> SqliteStore::take_reader() {
    std::unique_lock lock(readers_);
    reader_free_.wait(lock, [&] { return !idle_.empty() || opened_ < options_.readers_max; });
    if (!idle_.empty()) {
        SessionPtr session = std::move(idle_.back());
        idle_.pop_back();
        return session;
    }
    ++opened_;
    lock.unlock();
    auto session = open_session(options_);
    if (!session) {
        lock.lock();
        --opened_;
        reader_free_.notify_one();
    }
    return session;
}

void SqliteStore::give_back(SessionPtr reader) {
    reader->rollback();
    {
        const std::scoped_lock lock(readers_);
        idle_.push_back(std::move(reader));
    }
    reader_free_.notify_one();
}

Outcome<std::unique_ptr<Reader>> SqliteStore::read() {
    auto session = take_reader();
    if (!session) return std::unexpected(std::move(session.error()));
    // SQLite takes the snapshot at the first statement: reading the revision pins it.
    Outcome<Revision> revision = 0;
    if (auto begun = (*session)->begin(false); !begun) {
        revision = std::unexpected(std::move(begun.error()));
    } else {
        revision = (*session)->last_revision();
    }
    if (!revision) {
        give_back(std::move(*session));
        return std::unexpected(std::move(revision.error()));
    }
    return std::make_unique<SqliteReader>(*this, std::move(*session), *revision);
}

Outcome<std::unique_ptr<Transaction>> SqliteStore::write() {
    std::unique_lock turn(writing_);
    if (auto begun = writer_->begin(true); !begun) return std::unexpected(std::move(begun.error()));
    auto revision = writer_->last_revision();
    if (!revision) {
        writer_->rollback();
        return std::unexpected(std::move(revision.error()));
    }
    return std::make_unique<SqliteTransaction>(*this, *writer_, std::move(turn), *revision);
}

Outcome<std::vector<Change>> SqliteStore::changes_since(Revision revision, std::size_t rows_max) {
    auto session = take_reader();
    if (!session) return std::unexpected(std::move(session.error()));
    auto changes = (*session)->changes_since(revision, rows_max);
    give_back(std::move(*session));
    return changes;
}

}  // namespace

Outcome<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options) {
    auto writer = open_session(options);
    if (!writer) return std::unexpected(std::move(writer.error()));
    if (auto migrated = sqlite::migrate((*writer)->connection()); !migrated) {
        return std::unexpected(std::move(migrated.error()));
    }
    auto revision = (*writer)->last_revision();
    if (!revision) return std::unexpected(std::move(revision.error()));
    return std::make_unique<SqliteStore>(options, std::move(*writer), *revision);
}

}  // namespace writ::store
