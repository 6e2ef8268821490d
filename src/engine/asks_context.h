#pragma once

#include "engine/policies.h"
#include "engine/request.h"

namespace writ::engine {

/// Whether the condition context of `request` may make a difference: a statement that its action can reach
/// has a condition or a policy variable. False promises that decide() says the same with any other context,
/// also an empty one. Looks at actions and resources only, and costs no more than a decision. Never throws;
/// thread-safe.
[[nodiscard]] bool asks_context(const Policies& policies, const Request& request) noexcept;

}  // namespace writ::engine
