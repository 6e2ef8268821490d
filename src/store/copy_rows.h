#pragma once

#include <cstddef>

#include "store/store.h"

namespace writ::store {

/// Copies every row of every table, as one moment of `from` has them, into a store that has none of them, of
/// whatever engine. The feed does not come along: it begins anew with every account. Returns the number of
/// rows. Commit afterwards. Cost: one insert a row.
[[nodiscard]] Outcome<std::size_t> copy_rows(Reader& from, Transaction& to);

}  // namespace writ::store
