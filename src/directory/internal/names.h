#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"

namespace writ::directory {

/// What a name is unique by: names differ without the case of ASCII letters (spec B2).
[[nodiscard]] inline std::string fold(std::string_view name) {
    return ascii_lower(name);
}

/// Whether users, groups, roles, policies and instance profiles can have the name (spec B1): one to 128 of
/// letters, digits and "+=,.@_-". Operations know it from the model; imports do not come through one.
[[nodiscard]] bool is_name(std::string_view name) noexcept;

/// Rules of paths beside length, which the model knows (spec B1): begin and end with '/', printable ASCII
/// between, not "//". ValidationError.
[[nodiscard]] Result<void> check_path(std::string_view path);

}  // namespace writ::directory
