#pragma once

#include <span>

#include "policy/document.h"

namespace writ::policy::internal {

/// The first name that stands in the list twice, at its second place; null when each stands once (spec G5).
/// Cost: n log n.
[[nodiscard]] const Scalar* repeated_name(std::span<const Scalar> names);

}  // namespace writ::policy::internal
