#pragma once

#include "api/iam/simulator/policies.h"
#include "engine/request.h"

namespace writ::api::iam::simulator {

/// Roles and keys of KMS refuse whatever their own policy does not allow, and the simulator knows that policy
/// only when it is given (spec B36). Where it is not, this stands in for it: a policy that leaves the
/// decision to the identity policies of the caller's account. Null: not needed, or across accounts.
[[nodiscard]] Set delegation_for(const engine::Request& request, const Policies& policies);

}  // namespace writ::api::iam::simulator
