#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "store/internal/commit_group.h"
#include "store/internal/publisher.h"
#include "store/store.h"

namespace writ::store {

/// What the stores over SQL have in common: one session that writes in turns and commits in groups, a pool of
/// sessions that read, and the feed. A Session is an engine's connection with its statements
/// (sqlite/session.h, postgresql/session.h).
template <class Session>
class SessionStore : public Store {
  public:
    using SessionPtr = std::unique_ptr<Session>;
    using Open = std::function<Outcome<SessionPtr>()>;

    /// `open` makes sessions for readers; `revision` is the last one that `writer` sees.
    SessionStore(Open open, std::size_t readers_max, const FeedRetention& feed, SessionPtr writer,
                 Revision revision)
        : open_(std::move(open)),
          readers_max_(readers_max),
          feed_(feed),
          publisher_(revision),
          writer_(std::move(writer)) {}

    Outcome<std::unique_ptr<Reader>> read() final {
        auto session = take_reader();
        if (!session) return std::unexpected(std::move(session.error()));
        auto revision = (*session)->begin(false);
        if (revision) return std::make_unique<SessionReader>(*this, std::move(*session), *revision);
        give_back(std::move(*session));
        return std::unexpected(std::move(revision.error()));
    }

    Outcome<std::unique_ptr<Transaction>> write() final {
        ++waiting_;
        std::unique_lock turn(writing_);
        --waiting_;
        auto revision = begin_member();
        if (!revision) return std::unexpected(std::move(revision.error()));
        return std::make_unique<SessionTransaction>(*this, std::move(turn), *revision);
    }

    Revision revision() const noexcept final { return publisher_.known(); }

    Outcome<std::vector<Change>> changes_since(Revision revision, std::size_t rows_max) final {
        auto session = take_reader();
        if (!session) return std::unexpected(std::move(session.error()));
        auto begun = (*session)->begin(false);
        auto changes = begun ? (*session)->changes_since(revision, rows_max)
                             : Outcome<std::vector<Change>>(std::unexpected(std::move(begun.error())));
        give_back(std::move(*session));
        if (changes && !changes->empty() && changes->front().revision != revision + 1) {
            return std::unexpected(Failure{FailureKind::not_found, {}, "the feed begins later"});
        }
        return changes;
    }

    void listen(ChangeListener listener) final { publisher_.listen(std::move(listener)); }

  protected:
    /// Commits what `writer` wrote, with these lines of the feed among it. Returns what is to be told then,
    /// in order and at least these.
    virtual Outcome<std::vector<Change>> commit(Session& writer, std::vector<Change> changes) = 0;
    [[nodiscard]] Publisher& publisher() noexcept { return publisher_; }

  private:
    class SessionReader final : public Reader {
      public:
        SessionReader(SessionStore& store, SessionPtr session, Revision revision)
            : store_(store), session_(std::move(session)), revision_(revision) {}
        ~SessionReader() override { store_.give_back(std::move(session_)); }

        Revision revision() const noexcept override { return revision_; }
        Outcome<void> scan(const Table& table, const Index& index, const Range& range,
                           const Reader::Sink& sink) override {
            return session_->scan(table, index, range, sink);
        }
        Outcome<std::size_t> count_rows(const Table& table, const Index& index, const Range& range) override {
            return session_->count(table, index, range);
        }

      private:
        SessionStore& store_;
        SessionPtr session_;
        Revision revision_;
    };

    class SessionTransaction final : public Transaction {
      public:
        SessionTransaction(SessionStore& store, std::unique_lock<std::mutex> turn, Revision revision)
            : store_(store), session_(*store.writer_), turn_(std::move(turn)), revision_(revision) {}
        ~SessionTransaction() override {
            if (turn_.owns_lock()) store_.take_back_member();
        }

        Revision revision() const noexcept override { return revision_; }
        Outcome<void> scan(const Table& table, const Index& index, const Range& range,
                           const Reader::Sink& sink) override {
            if (!is_open()) return ended();
            return session_.scan(table, index, range, sink);
        }
        Outcome<std::size_t> count_rows(const Table& table, const Index& index, const Range& range) override {
            if (!is_open()) return ended();
            return session_.count(table, index, range);
        }
        Outcome<Revision> commit() override;

      protected:
        Outcome<void> insert_row(const Table& table, std::span<const Bind> row) override {
            return is_open() ? session_.insert(table, row) : ended();
        }
        Outcome<void> update_row(const Table& table, std::span<const Bind> row) override {
            return is_open() ? session_.update(table, row) : ended();
        }
        Outcome<void> erase_row(const Table& table, std::span<const Bind> row) override {
            return is_open() ? session_.erase(table, row) : ended();
        }

      private:
        /// An engine that is in trouble may have ended it by itself.
        [[nodiscard]] bool is_open() const noexcept { return turn_.owns_lock() && session_.in_transaction(); }
        static std::unexpected<Failure> ended() {
            return std::unexpected(Failure{FailureKind::unavailable, {}, "the transaction has ended"});
        }

        SessionStore& store_;
        Session& session_;
        std::unique_lock<std::mutex> turn_;  // Held while the transaction can be used.
        Revision revision_;
    };

    // The turn is held in all of these.
    Outcome<Revision> begin_member();
    Outcome<std::shared_ptr<CommitGroup>> end_member(std::vector<Change> changes, Revision next);
    void take_back_member();
    void end_group();
    /// Now and then, with the commit that is under way: the lines that no retention holds any more.
    [[nodiscard]] Outcome<void> drop_old_changes(const CommitGroup& group);
    /// An engine in trouble may have taken everything back by itself.
    [[nodiscard]] Outcome<void> still_open() const {
        if (writer_->in_transaction()) return {};
        return std::unexpected(
            Failure{FailureKind::unavailable, {}, "the database ended the transaction by itself"});
    }
    [[nodiscard]] bool others_go_on() const noexcept {
        return waiting_ > 0 && group_->members < CommitGroup::members_max && writer_->in_transaction();
    }

    Outcome<SessionPtr> take_reader();
    void give_back(SessionPtr reader);

    const Open open_;
    const std::size_t readers_max_;
    const FeedRetention feed_;
    Publisher publisher_;
    std::atomic<std::size_t> waiting_{0};  // Threads in write() that have no turn yet: they will have one.
    std::mutex writing_;
    const SessionPtr writer_;             // Guarded by writing_.
    std::shared_ptr<CommitGroup> group_;  // Guarded by writing_. Null: the writer is in no transaction.

    std::mutex readers_;
    std::condition_variable reader_free_;
    std::vector<SessionPtr> idle_;  // Guarded by readers_.
    std::size_t opened_ = 0;        // Guarded by readers_.
};

template <class Session>
Outcome<Revision> SessionStore<Session>::SessionTransaction::commit() {
    if (!turn_.owns_lock()) return ended();
    std::unique_lock<std::mutex> turn = std::move(turn_);  // Ends with this call, whatever happens.
    const Revision next = this->changed_.empty() ? revision_ : revision_ + 1;
    std::vector<Change> changes;
    changes.reserve(this->changed_.size());
    for (const Entity& entity : this->changed_) changes.push_back({next, entity});

    const auto group = store_.end_member(std::move(changes), next);
    turn.unlock();
    if (!group) return std::unexpected(group.error());
    const Outcome<void> durable = (*group)->outcome.get();  // Perhaps by whoever comes last.
    if (!durable) return std::unexpected(durable.error());
    return next;
}

template <class Session>
Outcome<Revision> SessionStore<Session>::begin_member() {
    if (group_) {
        if (writer_->in_transaction() && writer_->set_savepoint()) return group_->revision;
        end_group();  // What is wrong shows there.
    }
    auto revision = writer_->begin(true);
    if (revision) group_ = std::make_shared<CommitGroup>(*revision);
    return revision;
}

template <class Session>
Outcome<std::shared_ptr<CommitGroup>> SessionStore<Session>::end_member(std::vector<Change> changes,
                                                                        Revision next) {
    std::shared_ptr<CommitGroup> group = group_;
    Outcome<void> done = still_open();
    if (done) done = writer_->append_changes(changes);
    if (done && group->members > 0) done = writer_->release_savepoint();
    if (!done) {
        take_back_member();
        return std::unexpected(std::move(done.error()));
    }
    group->revision = next;
    group->changes.insert(group->changes.end(), std::make_move_iterator(changes.begin()),
                          std::make_move_iterator(changes.end()));
    ++group->members;
    if (!others_go_on()) end_group();
    return group;
}

template <class Session>
void SessionStore<Session>::take_back_member() {
    if (group_->members == 0) {
        writer_->rollback();
        group_ = nullptr;
        return;
    }
    // Nothing of it may stay: rather everything goes, and the whole group fails.
    if (!writer_->rollback_to_savepoint()) writer_->rollback();
    if (!others_go_on()) end_group();
}

template <class Session>
void SessionStore<Session>::end_group() {
    const std::shared_ptr<CommitGroup> group = std::exchange(group_, nullptr);
    Outcome<void> good = still_open();
    if (good) good = drop_old_changes(*group);
    auto told = good ? commit(*writer_, std::move(group->changes)) : std::unexpected(std::move(good.error()));
    if (told) {
        publisher_.publish(*told);
        group->durable.set_value({});
    } else {
        writer_->rollback();
        group->durable.set_value(std::unexpected(std::move(told.error())));
    }
}

template <class Session>
Outcome<void> SessionStore<Session>::drop_old_changes(const CommitGroup& group) {
    constexpr Revision catching_up = 4;  // Times as many as come in between may be there from before.
    if (group.changes.empty()) return {};
    const Revision before = group.changes.front().revision - 1;
    const Revision last = group.changes.back().revision;
    if (before / feed_.dropped_every == last / feed_.dropped_every) return {};
    return writer_->drop_changes(last - feed_.kept, catching_up * feed_.dropped_every);
}

template <class Session>
auto SessionStore<Session>::take_reader() -> Outcome<SessionPtr> {
    std::unique_lock lock(readers_);
    reader_free_.wait(lock, [&] { return !idle_.empty() || opened_ < readers_max_; });
    if (!idle_.empty()) {
        SessionPtr session = std::move(idle_.back());
        idle_.pop_back();
        return session;
    }
    ++opened_;
    lock.unlock();
    auto session = open_();
    if (!session) {
        lock.lock();
        --opened_;
        reader_free_.notify_one();
    }
    return session;
}

template <class Session>
void SessionStore<Session>::give_back(SessionPtr reader) {
    reader->rollback();
    {
        const std::scoped_lock lock(readers_);
        idle_.push_back(std::move(reader));
    }
    reader_free_.notify_one();
}

}  // namespace writ::store
