#pragma once

#include <filesystem>
#include <string>

#include "bench/durable/recorded_transaction.h"

namespace writ::bench {

/// The user that the recorded call made.
struct RecordedUser {
    std::string user_id, name;
};

/// How pgbench is run.
struct PgbenchRun {
    std::string address;
    std::filesystem::path folder;  ///< The script stays there.
    std::size_t connections = 16;
    int seconds = 3;
    int number = 0;  ///< Differs from run to run, so that no user is made twice.
    /// false: without the turn, the counter and the revision, for which one transaction waits for another:
    /// what a program could do that keeps no order among changes.
    bool in_turn = true;
};

/// Lets pgbench send what was recorded, with its begin, turn, line in the feed and commit, prepared, each
/// time for another user. Transactions a second; 0 when pgbench failed, which it has told on standard error.
[[nodiscard]] double run_pgbench(const PgbenchRun& run, const RecordedTransaction& recorded,
                                 const RecordedUser& user);

}  // namespace writ::bench
