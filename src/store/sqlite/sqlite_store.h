#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

#include "store/store.h"

namespace writ::store {

struct SqliteOptions {
    std::filesystem::path file;   ///< Made when it does not exist; "-wal" and "-shm" appear beside it.
    std::size_t readers_max = 4;  ///< Connections for readers; a further read() waits for one.
    bool make = true;  ///< false: the tables must be there and up to date; nothing is changed about them.
    bool sync_every_commit =
        true;  ///< false: a power cut may lose the last commits (never part of one). For tests.
    FeedRetention feed{};
};

/// Opens the file and brings its tables up to date (each migration in its own transaction). `corrupt` when it
/// is no database or was written by a newer version.
[[nodiscard]] Outcome<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options);

}  // namespace writ::store
