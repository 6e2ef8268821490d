#pragma once

#include <span>

#include "api/input.h"
#include "base/result.h"
#include "directory/principals/principals.h"

namespace writ::api::iam::simulator {

/// Takes the policies that PolicyExclusionList names out of `source`: by type, by ARN (in the name at most
/// one
/// '*' and any number of '?'), or inline ones by name and whose they are (the pattern of the model allows no
/// wildcards there). What matches nothing is ignored. InvalidInput for malformed identifiers.
[[nodiscard]] Result<void> exclude(std::span<const Input> identifiers, directory::PrincipalRecord& source);

}  // namespace writ::api::iam::simulator
