#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace writ::advice::internal {

/// Resources beside this one: another name in place of each segment that is no word of a type, the same in
/// another account, and one that begins with its whole name. None for "*".
[[nodiscard]] std::vector<std::string> neighbours_of(std::string_view resource);

}  // namespace writ::advice::internal
