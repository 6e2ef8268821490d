#include "store/sqlite/sqlite_store.h"

#include <utility>

#include "store/internal/session_store.h"
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

class SqliteStore final : public SessionStore<Session> {
  public:
    using SessionStore::SessionStore;

  protected:
    Outcome<std::vector<Change>> commit(Session& writer, std::vector<Change> changes) override {
        if (auto done = writer.commit(); !done) return std::unexpected(std::move(done.error()));
        return changes;
    }
};

}  // namespace

Outcome<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options) {
    auto writer = open_session(options);
    if (!writer) return std::unexpected(std::move(writer.error()));
    auto& connection = (*writer)->connection();
    auto ready = options.make ? sqlite::migrate(connection) : sqlite::check_up_to_date(connection);
    if (!ready) return std::unexpected(std::move(ready.error()));
    auto revision = (*writer)->last_revision();
    if (!revision) return std::unexpected(std::move(revision.error()));
    return std::make_unique<SqliteStore>([options] { return open_session(options); }, options.readers_max,
                                         options.feed, std::move(*writer), *revision);
}

}  // namespace writ::store
