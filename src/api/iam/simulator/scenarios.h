#pragma once

#include <string>
#include <vector>

#include "api/input.h"
#include "base/result.h"

namespace writ::api::iam::simulator {

/// ResourceHandlingOption names a scenario of EC2 whose resources must all be there: InvalidInput when one is
/// missing, or for an unknown scenario (spec B34).
[[nodiscard]] Result<void> check_scenario(const Input& input, const std::vector<std::string>& resources);

}  // namespace writ::api::iam::simulator
