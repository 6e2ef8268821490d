#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace writ::directory {

/// Of "Active" and "Inactive". The third status of the model is for time to set: InvalidInput (spec 8.7,
/// B32).
[[nodiscard]] inline Result<bool> is_active(std::string_view status) {
    if (status == "Active") return true;
    if (status == "Inactive") return false;
    return fail("InvalidInput", 400, "Operation does not support status " + std::string(status));
}

}  // namespace writ::directory
