#pragma once

#include <span>

#include "api/operation.h"

namespace writ::api::organizations {

/// By name.
[[nodiscard]] std::span<const Operation> operations() noexcept;

}  // namespace writ::api::organizations
