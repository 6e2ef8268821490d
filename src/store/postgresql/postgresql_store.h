#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "store/store.h"

namespace writ::store {

struct PostgresqlOptions {
    /// As libpq takes it: "postgresql://user@host/database" or "host=… dbname=…". The tables live in the
    /// first schema of the search path.
    std::string address;
    /// false: the tables must be there and up to date, nothing is changed about them, and the changes of
    /// other processes are not followed.
    bool make = true;
    std::size_t readers_max = 8;  ///< Connections for readers; a further read() waits for one.
    FeedRetention feed{};
};

/// Connects and brings the tables up to date. Any number of processes may work on the same schema: their
/// transactions take turns, and each hears of the changes of the others, usually within milliseconds.
/// `unavailable` when the server cannot be reached; `corrupt` when the schema belongs to another program or
/// was written by a newer version.
[[nodiscard]] Outcome<std::unique_ptr<Store>> open_postgresql(const PostgresqlOptions& options);

}  // namespace writ::store
