#pragma once

#include <span>
#include <string>
#include <string_view>

#include "store/failure.h"

namespace writ::store::sql {

/// The steps that make the tables, the oldest first: the number of the last one applied is the version of a
/// database. Written as SQLite reads them, without parameters.
[[nodiscard]] std::span<const char* const> schema_steps() noexcept;

/// The failure of a database that has not all of them yet.
[[nodiscard]] Failure outdated();

/// A step as PostgreSQL reads it. The tables are the same, so that a store can move from one to the other.
[[nodiscard]] std::string postgresql_step(std::string_view step);

}  // namespace writ::store::sql
