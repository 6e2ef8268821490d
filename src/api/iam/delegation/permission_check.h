#pragma once

#include <cstdint>

#include "api/call.h"
#include "policy/document.h"

namespace writ::api::iam::delegation {

enum class Coverage : std::uint8_t { allowed, denied, unsure };

/// Whether the caller's own permissions cover what the Allow statements of a policy ask for, as good as it
/// can be told: patterns of resources are asked for as if they were resources, and where conditions, other
/// accounts or denials of a part have a say, or too much is asked for, it is `unsure`. Nothing: the policies
/// of the caller cannot be read. REQUIRES: no Reader is held.
[[nodiscard]] std::optional<Coverage> check_permissions(const Call& call, const policy::Document& asked);

}  // namespace writ::api::iam::delegation
