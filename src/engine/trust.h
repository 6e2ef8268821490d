#pragma once

#include <string_view>

namespace writ::engine {

/// Whether the action, on a role, is decided by the role's trust policy, whose Allow is required (spec E3):
/// sts:AssumeRole and what goes with it, in any case of its letters.
[[nodiscard]] bool asks_trust_policy(std::string_view action) noexcept;

}  // namespace writ::engine
