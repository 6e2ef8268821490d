#pragma once

#include <atomic>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <unistd.h>

#include "store/postgresql/connection.h"
#include "store/postgresql/postgresql_store.h"
#include "store/store.h"

namespace writ::store {

/// The server that scripts/with-postgresql has started for the tests; null without it.
[[nodiscard]] inline const char* postgresql_server() {
    return std::getenv("WRIT_TEST_POSTGRESQL");
}
[[nodiscard]] inline bool has_postgresql_server() {
    return postgresql_server() != nullptr;
}
inline constexpr const char* no_postgresql_server =
    "Run this with scripts/with-postgresql, which make test does.";

/// A new schema on that server that goes with it, and stores upon it. For tests.
class TemporaryPostgresqlStore {
  public:
    explicit TemporaryPostgresqlStore(const FeedRetention& feed = {}) : feed_(feed) {
        static std::atomic<int> counter = 0;
        schema_ = "test_" + std::to_string(getpid()) + "_" + std::to_string(counter++);
        run("create schema " + schema_);
        store_ = another();
    }
    ~TemporaryPostgresqlStore() {
        store_.reset();
        run("drop schema " + schema_ + " cascade");
    }
    TemporaryPostgresqlStore(const TemporaryPostgresqlStore&) = delete;
    TemporaryPostgresqlStore& operator=(const TemporaryPostgresqlStore&) = delete;

    /// What another process on the same database has.
    [[nodiscard]] std::unique_ptr<Store> another() const {
        auto opened = open_postgresql({.address = address(), .readers_max = 2, .feed = feed_});
        if (!opened) throw std::runtime_error(opened.error().detail);
        return std::move(*opened);
    }
    [[nodiscard]] std::string address() const {
        return std::string(postgresql_server()) + " options=-csearch_path=" + schema_ +
               " application_name=" + schema_;
    }
    [[nodiscard]] const std::string& schema() const noexcept { return schema_; }
    Store& operator*() const noexcept { return *store_; }
    Store* operator->() const noexcept { return store_.get(); }

    static void run(const std::string& text) {
        auto connection = postgresql::Connection::open(postgresql_server());
        if (!connection) throw std::runtime_error(connection.error().detail);
        if (auto done = connection->run(text.c_str()); !done) throw std::runtime_error(done.error().detail);
    }

  private:
    FeedRetention feed_;
    std::string schema_;
    std::unique_ptr<Store> store_;
};

}  // namespace writ::store
