#pragma once

#include "store/postgresql/connection.h"

namespace writ::store::postgresql {

/// `corrupt` when the schema is not ours or not of this very version.
[[nodiscard]] Outcome<void> check_up_to_date(Connection& connection);

/// Brings the tables in the first schema of the search path up to date, each step in a transaction of its
/// own; safe while another node does the same. `corrupt` when the schema holds tables of another program or
/// of a newer version of this one.
[[nodiscard]] Outcome<void> migrate(Connection& connection);

/// Waits until this transaction is the only one that writes in the schema. REQUIRES: a transaction is open.
[[nodiscard]] Outcome<void> take_turn(Connection& connection);

}  // namespace writ::store::postgresql
