#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <unistd.h>

#include "store/sqlite/sqlite_store.h"
#include "store/store.h"

namespace writ::store {

/// A new SQLite store in a directory of its own that goes with it. For tests.
class TemporaryStore {
  public:
    explicit TemporaryStore(const FeedRetention& feed = {}) : feed_(feed) {
        make_directory();
        open();
    }
    /// Begins with what that file of another holds, which nobody may be changing.
    explicit TemporaryStore(const std::filesystem::path& original) {
        make_directory();
        for (const char* part : {"", "-wal"}) {
            std::filesystem::copy_file(original.string() + part, file().string() + part);
        }
        open();
    }
    ~TemporaryStore() {
        store_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(directory_, ignored);
    }
    TemporaryStore(const TemporaryStore&) = delete;
    TemporaryStore& operator=(const TemporaryStore&) = delete;

    /// Closes and opens the same file again.
    void reopen() {
        store_.reset();
        open();
    }
    [[nodiscard]] std::filesystem::path file() const { return directory_ / "writ.db"; }
    Store& operator*() const noexcept { return *store_; }
    Store* operator->() const noexcept { return store_.get(); }

  private:
    void make_directory() {
        static std::atomic<int> counter = 0;
        directory_ = std::filesystem::temp_directory_path() /
                     ("writ-store-" + std::to_string(getpid()) + "-" + std::to_string(counter++));
        std::filesystem::create_directories(directory_);
    }
    void open() {
        auto opened =
            open_sqlite({.file = file(), .readers_max = 2, .sync_every_commit = false, .feed = feed_});
        if (!opened) throw std::runtime_error(opened.error().detail);
        store_ = std::move(*opened);
    }

    FeedRetention feed_{};
    std::filesystem::path directory_;
    std::unique_ptr<Store> store_;
};

}  // namespace writ::store
