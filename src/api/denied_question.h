#pragma once

#include "authz/authorize.h"
#include "cases/case.h"
#include "engine/context.h"

namespace writ::api {

/// A decision as a policy case: who asked for what, with the whole context and every policy in force.
[[nodiscard]] cases::Case question_of(const authz::Caller& caller, const authz::Demand& demand,
                                      const engine::Context& context, const authz::PoliciesInForce& policies,
                                      Instant now);

}  // namespace writ::api
