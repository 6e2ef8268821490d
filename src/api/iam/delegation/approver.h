#pragma once

#include "api/call.h"
#include "directory/delegation/delegation_requests.h"

namespace writ::api::iam::delegation {

/// The caller as who approves: everything that limits it now will limit the delegated session too, above all
/// the policies of its own session (the page of AcceptDelegationRequest).
[[nodiscard]] directory::Approver approver_of(const Call& call);

}  // namespace writ::api::iam::delegation
