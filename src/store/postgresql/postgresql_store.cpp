#include "store/postgresql/postgresql_store.h"

#include <utility>

#include "store/internal/session_store.h"
#include "store/postgresql/follower.h"
#include "store/postgresql/migrate.h"
#include "store/postgresql/session.h"

namespace writ::store {
namespace {

using postgresql::Session;
using SessionPtr = std::unique_ptr<Session>;

Outcome<SessionPtr> open_session(const std::string& address) {
    auto connection = postgresql::Connection::open(address);
    if (!connection) return std::unexpected(std::move(connection.error()));
    return std::make_unique<Session>(std::move(*connection));
}

class PostgresqlStore final : public SessionStore<Session> {
  public:
    using SessionStore::SessionStore;

    Outcome<void> follow(const std::string& address) {
        auto follower = postgresql::Follower::start(address, publisher());
        if (!follower) return std::unexpected(std::move(follower.error()));
        follower_ = std::move(*follower);
        return {};
    }

  protected:
    Outcome<std::vector<Change>> commit(Session& writer, std::vector<Change> changes) override {
        if (changes.empty()) {
            if (auto done = writer.commit(); !done) return std::unexpected(std::move(done.error()));
            return changes;
        }
        if (auto told = writer.connection().run(postgresql::notify); !told) {
            return std::unexpected(std::move(told.error()));
        }
        auto feed = with_lines_of_others(writer, std::move(changes));
        if (!feed) return feed;
        if (auto done = writer.commit(); !done) return std::unexpected(std::move(done.error()));
        return feed;
    }

  private:
    /// First the lines of other processes that this one has not heard of yet.
    Outcome<std::vector<Change>> with_lines_of_others(Session& writer, std::vector<Change> changes) {
        const Revision known = revision();
        if (known + 1 == changes.front().revision) return changes;
        return writer.changes_since(known, sql::all_changes);
    }

    std::unique_ptr<postgresql::Follower> follower_;
};

}  // namespace

Outcome<std::unique_ptr<Store>> open_postgresql(const PostgresqlOptions& options) {
    auto writer = open_session(options.address);
    if (!writer) return std::unexpected(std::move(writer.error()));
    auto& connection = (*writer)->connection();
    auto ready = options.make ? postgresql::migrate(connection) : postgresql::check_up_to_date(connection);
    if (!ready) return std::unexpected(std::move(ready.error()));
    auto revision = (*writer)->last_revision();
    if (!revision) return std::unexpected(std::move(revision.error()));
    auto store =
        std::make_unique<PostgresqlStore>([address = options.address] { return open_session(address); },
                                          options.readers_max, options.feed, std::move(*writer), *revision);
    if (!options.make) return store;
    if (auto following = store->follow(options.address); !following) {
        return std::unexpected(std::move(following.error()));
    }
    return store;
}

}  // namespace writ::store
