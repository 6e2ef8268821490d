#pragma once

#include <string>
#include <string_view>

#include "base/suggest.h"

namespace writ::policy::internal {

using writ::did_you_mean;
using writ::nearest;

/// The text in double quotes for a message, cut after some 60 characters.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace writ::policy::internal
