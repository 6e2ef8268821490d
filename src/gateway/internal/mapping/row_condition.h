#pragma once

#include <string_view>

#include "gateway/parameters.h"

namespace writ::gateway::internal {

/// Whether the condition of a row holds: terms with blanks between them, all of which must hold. A term is
///   Path        the parameter is there
///   Path=VALUE  one of its values is VALUE, in that spelling
/// Switches are asked for as `Switch !Switch=false`, for servers differ in what they take for true. The
/// alternatives of a term stand with bars between them (ACL|GrantRead), and `!` before a term turns it round.
[[nodiscard]] bool condition_holds(std::string_view condition, const Parameters& parameters);

}  // namespace writ::gateway::internal
