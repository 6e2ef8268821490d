#pragma once

#include <string>

#include "engine/decide.h"
#include "engine/internal/principal_match.h"
#include "engine/request.h"

/// The smallest statement by which a policy type allows one request.
namespace writ::engine {

/// Compact JSON with exactly the action and resource of the request, as a member of a document of version
/// 2012-10-17; with Principal where the policy type asks for it, without Resource in a trust policy. For
/// RCPs, which may not allow anything in particular, the statement of RCPFullAWSAccess (spec T5).
[[nodiscard]] std::string allowing_statement(Layer layer, const Request& request);

/// How much that statement grants in a resource or trust policy (spec 5.3).
[[nodiscard]] GrantClass grant_by_name(const Principal& caller) noexcept;

}  // namespace writ::engine
