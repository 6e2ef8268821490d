#pragma once

#include <span>
#include <string_view>

#include "policy/document.h"

namespace writ::policy::internal {

/// A documented operator name without qualifier and suffix.
struct OperatorName {
    std::string_view text;
    Comparison comparison;
    bool negated;
};

/// All of them (spec 3.2).
[[nodiscard]] std::span<const OperatorName> operator_names() noexcept;

}  // namespace writ::policy::internal
