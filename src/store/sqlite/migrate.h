#pragma once

#include "store/sqlite/connection.h"

namespace writ::store::sqlite {

/// Number of migrations there are: the version of a file that is up to date.
[[nodiscard]] int newest_schema_version() noexcept;

/// `corrupt` when the file is not ours or not of this very version.
[[nodiscard]] Outcome<void> check_up_to_date(Connection& connection);

/// Brings the file up to date, each step in a transaction of its own; safe while another process does the
/// same. `corrupt` when the file is not ours or newer than this program.
[[nodiscard]] Outcome<void> migrate(Connection& connection);

}  // namespace writ::store::sqlite
