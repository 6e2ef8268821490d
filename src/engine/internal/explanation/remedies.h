#pragma once

#include <vector>

#include "engine/internal/explanation/statements.h"

namespace writ::engine {

/// What would lift a denial: first every Deny that would have to go, then a statement for every policy type
/// whose Allow is missing. With the Denies gone and the statements in their places, decide() allows; fewer do
/// not suffice. Where nothing helps, the one remedy says why.
[[nodiscard]] std::vector<Remedy> find_remedies(const Recorder& recorder,
                                                const std::vector<TracedStatement>& statements,
                                                const Policies& policies, const Request& request);

}  // namespace writ::engine
