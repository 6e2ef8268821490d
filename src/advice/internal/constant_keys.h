#pragma once

#include <span>
#include <vector>

#include "advice/least_privilege.h"

namespace writ::advice::internal {

/// The conditions that hold for all of these uses, which are of one action on one resource pattern.
[[nodiscard]] std::vector<ConstantKey> constant_keys(std::span<const directory::RecordedUse* const> uses);

}  // namespace writ::advice::internal
