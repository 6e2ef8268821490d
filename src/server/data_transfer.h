#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "server/configuration.h"

/// All records of a Writ on their way from one database to another. Each returns how many there were. Errors,
/// after which nothing has changed, are a sentence or two for whoever starts the program.
namespace writ::server {

/// Makes a data directory at `folder`, which must be new or empty, with all records as one moment saw them,
/// on SQLite, and the keys that open them. Also beside a running server.
[[nodiscard]] Result<std::size_t> back_up(const Configuration& configuration,
                                          const std::filesystem::path& folder);

/// Brings the records and keys of such a directory to where the configuration points. Neither may be there
/// yet, so that nothing is lost.
[[nodiscard]] Result<std::size_t> restore(const std::filesystem::path& folder,
                                          const Configuration& configuration);

/// Copies the records into another database, which must be empty: an address of PostgreSQL, or writ.db of the
/// data directory when empty. The keys stay where they are, and so does the old database. Not beside a
/// running server, since what it writes meanwhile would stay behind.
[[nodiscard]] Result<std::size_t> migrate(const Configuration& configuration,
                                          const std::string& postgresql_address);

}  // namespace writ::server
