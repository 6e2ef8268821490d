#pragma once

#include <span>
#include <vector>

#include "policy/document.h"
#include "policy/internal/normal/covers.h"

namespace writ::policy::internal {

/// What stays of a list whose items are ORed: sorted, each once, without those that another item covers.
/// Actions are the same in either case. Of numbers and strings with one text the shorter spelling stays.
/// Cost: n log n, and every pattern with a wildcard against all that begin as it does. A list of more than
/// 20,000 bytes whose patterns begin alike may keep covered ones: only lists that can be reduced within
/// bounded time are.
[[nodiscard]] std::vector<Scalar> reduce(std::span<const Scalar> items, PatternKind kind, bool has_variables);

}  // namespace writ::policy::internal
