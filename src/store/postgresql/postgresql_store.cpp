#include "store/postgresql/postgresql_store.h"

#include <condition_variable>
#include <mutex>
#include <utility>

#include "store/postgresql/follower.h"
#include "store/postgresql/migrate.h"
#include "store/postgresql/publisher.h"
#include "store/postgresql/session.h"

namespace writ::store {
namespace {

using postgresql::Publisher;
using postgresql::Session;
using SessionPtr = std::unique_ptr<Session>;

Outcome<SessionPtr> open_session(const std::string& address) {
    auto connection = postgresql::Connection::open(address);
    if (!connection) return std::unexpected(std::move(connection.error()));
    return std::make_unique<Session>(std::move(*connection));
}

class PostgresqlStore final : public Store {
  public:
    PostgresqlStore(PostgresqlOptions options, SessionPtr writer, Revision revision)
        : options_(std::move(options)), publisher_(revision), writer_(std::move(writer)) {}

    Outcome<void> follow() {
        auto follower = postgresql::Follower::start(options_.address, publisher_);
        if (!follower) return std::unexpected(std::move(follower.error()));
        follower_ = std::move(*follower);
        return {};
    }

    Outcome<std::unique_ptr<Reader>> read() override;
    Outcome<std::unique_ptr<Transaction>> write() override;
    Revision revision() const noexcept override { return publisher_.known(); }
    Outcome<std::vector<Change>> changes_since(Revision revision, std::size_t rows_max) override;
    void listen(ChangeListener listener) override { publisher_.listen(std::move(listener)); }

    Publisher& publisher() noexcept { return publisher_; }
    Outcome<SessionPtr> take_reader();
    void give_back(SessionPtr reader);

  private:
    const PostgresqlOptions options_;
    Publisher publisher_;
    std::mutex writing_;
    const SessionPtr writer_;  // Guarded by writing_.

    std::mutex readers_;
    std::condition_variable reader_free_;
    std::vector<SessionPtr> idle_;  // Guarded by readers_.
    std::size_t opened_ = 0;        // Guarded by readers_.

    std::unique_ptr<postgresql::Follower> follower_;  // The last: it uses the others.
};

class PostgresqlReader final : public Reader {
  public:
    PostgresqlReader(PostgresqlStore& store, SessionPtr session, Revision revision)
        : store_(store), session_(std::move(session)), revision_(revision) {}
    ~PostgresqlReader() override { store_.give_back(std::move(session_)); }

    Revision revision() const noexcept override { return revision_; }
    Outcome<void> scan(const Table& table, const Index& index, const Range& range,
                       const Sink& sink) override {
        return session_->scan(table, index, range, sink);
    }
    Outcome<std::size_t> count_rows(const Table& table, const Index& index, const Range& range) override {
        return session_->count(table, index, range);
    }

  private:
    PostgresqlStore& store_;
    SessionPtr session_;
    Revision revision_;
};

class PostgresqlTransaction final : public Transaction {
  public:
    PostgresqlTransaction(PostgresqlStore& store, Session& session, std::unique_lock<std::mutex> turn,
                          Revision revision)
        : store_(store), session_(session), turn_(std::move(turn)), revision_(revision) {}
    ~PostgresqlTransaction() override {
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
    /// The lines of the feed that are told when this commits: first those of other nodes that this one has
    /// not heard of yet.
    Outcome<std::vector<Change>> write_feed();

    PostgresqlStore& store_;
    Session& session_;
    std::unique_lock<std::mutex> turn_;  // Held while the transaction can be used.
    Revision revision_;
};

Outcome<std::vector<Change>> PostgresqlTransaction::write_feed() {
    std::vector<Change> own;
    own.reserve(changed_.size());
    for (const Entity& entity : changed_) own.push_back({revision_ + 1, entity});
    if (own.empty()) return own;
    if (auto appended = session_.append_changes(own); !appended) {
        return std::unexpected(std::move(appended.error()));
    }
    if (auto told = session_.connection().run(postgresql::notify); !told) {
        return std::unexpected(std::move(told.error()));
    }
    if (store_.revision() == revision_) return own;
    return session_.changes_since(store_.revision(), sql::all_changes);
}

Outcome<Revision> PostgresqlTransaction::commit() {
    if (!turn_.owns_lock()) return ended();
    const std::unique_lock<std::mutex> turn = std::move(turn_);  // Ends with this call, whatever happens.
    const auto feed = write_feed();
    auto done = feed ? session_.commit() : Outcome<void>(std::unexpected(feed.error()));
    if (!done) {
        session_.rollback();
        return std::unexpected(std::move(done.error()));
    }
    store_.publisher().publish(*feed);
    return changed_.empty() ? revision_ : revision_ + 1;
}

Outcome<SessionPtr> PostgresqlStore::take_reader() {
    std::unique_lock lock(readers_);
    reader_free_.wait(lock, [&] { return !idle_.empty() || opened_ < options_.readers_max; });
    if (!idle_.empty()) {
        SessionPtr session = std::move(idle_.back());
        idle_.pop_back();
        return session;
    }
    ++opened_;
    lock.unlock();
    auto session = open_session(options_.address);
    if (!session) {
        lock.lock();
        --opened_;
        reader_free_.notify_one();
    }
    return session;
}

void PostgresqlStore::give_back(SessionPtr reader) {
    reader->rollback();
    {
        const std::scoped_lock lock(readers_);
        idle_.push_back(std::move(reader));
    }
    reader_free_.notify_one();
}

Outcome<std::unique_ptr<Reader>> PostgresqlStore::read() {
    auto session = take_reader();
    if (!session) return std::unexpected(std::move(session.error()));
    auto revision = (*session)->begin(false);
    if (!revision) {
        give_back(std::move(*session));
        return std::unexpected(std::move(revision.error()));
    }
    return std::make_unique<PostgresqlReader>(*this, std::move(*session), *revision);
}

Outcome<std::unique_ptr<Transaction>> PostgresqlStore::write() {
    std::unique_lock turn(writing_);
    auto revision = writer_->begin(true);
    if (!revision) return std::unexpected(std::move(revision.error()));
    return std::make_unique<PostgresqlTransaction>(*this, *writer_, std::move(turn), *revision);
}

Outcome<std::vector<Change>> PostgresqlStore::changes_since(Revision revision, std::size_t rows_max) {
    auto session = take_reader();
    if (!session) return std::unexpected(std::move(session.error()));
    auto begun = (*session)->begin(false);
    auto changes = begun ? (*session)->changes_since(revision, rows_max)
                         : Outcome<std::vector<Change>>(std::unexpected(std::move(begun.error())));
    give_back(std::move(*session));
    return changes;
}

}  // namespace

Outcome<std::unique_ptr<Store>> open_postgresql(const PostgresqlOptions& options) {
    auto writer = open_session(options.address);
    if (!writer) return std::unexpected(std::move(writer.error()));
    if (auto migrated = postgresql::migrate((*writer)->connection()); !migrated) {
        return std::unexpected(std::move(migrated.error()));
    }
    auto revision = (*writer)->last_revision();
    if (!revision) return std::unexpected(std::move(revision.error()));
    auto store = std::make_unique<PostgresqlStore>(options, std::move(*writer), *revision);
    if (auto following = store->follow(); !following) return std::unexpected(std::move(following.error()));
    return store;
}

}  // namespace writ::store
