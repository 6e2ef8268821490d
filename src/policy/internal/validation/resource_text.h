#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "policy/document.h"

namespace writ::policy::internal {

struct ResourceDefect {
    std::string message;
    std::string hint;
};

/// What step 6 of spec 1.5 finds wrong with one entry of Resource or NotResource, and R6 by policy type.
[[nodiscard]] std::optional<ResourceDefect> form_defect(std::string_view resource, PolicyType type);
/// The hint for what step 3 finds wrong with it. A defect of form hides this one: live tests with a text that
/// has both report the form (spec ?3).
[[nodiscard]] std::optional<std::string> legacy_defect(std::string_view resource, PolicyType type);

}  // namespace writ::policy::internal
