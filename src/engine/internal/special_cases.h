#pragma once

#include <optional>

#include "engine/decide.h"

namespace writ::engine {

/// Requests on which no policy has a say: allowed whatever policies deny (spec E10), or refused whatever they
/// allow (spec E12). Nothing for all others.
[[nodiscard]] std::optional<Decision> decide_without_policies(const Request& request) noexcept;

/// True for resources that always have a policy of their own, which must allow: roles to be assumed (spec
/// E3), KMS keys (spec E2), and root users for AssumeRoot, whom centralized root access alone hands out (spec
/// B27).
[[nodiscard]] bool is_role_assumption(const Request& request) noexcept;
[[nodiscard]] bool needs_key_policy(const Request& request) noexcept;
[[nodiscard]] bool is_root_assumption(const Request& request) noexcept;

/// Whether RCPs act on this action and resource at all (spec 5.2, ?33). Reads the service reference, which
/// allocates unless prepare_for_rcps() came first: ask only when RCPs are in force.
[[nodiscard]] bool is_subject_to_rcp(const Request& request) noexcept;

}  // namespace writ::engine
