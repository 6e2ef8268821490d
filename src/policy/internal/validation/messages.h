#pragma once

#include <string_view>

namespace writ::policy::internal {

/// The one text that Organizations has for every refused SCP and RCP (spec O5).
inline constexpr std::string_view organizations_message =
    "The provided policy document does not meet the requirements of the specified policy type.";

}  // namespace writ::policy::internal
