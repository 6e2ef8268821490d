#pragma once

#include <string>
#include <string_view>

#include "engine/decide.h"
#include "engine/policies.h"
#include "engine/request.h"

/// How explanations name what a request and its policies hold.
namespace writ::engine {

/// The set that a layer (and level, for SCP and RCP) stands for; null when there is none.
[[nodiscard]] const PolicySet* set_of(const Policies& policies, Layer layer, std::uint32_t level) noexcept;

/// The policy that a statement belongs to; null when `statement` names none.
[[nodiscard]] const PolicySource* source_of(const Policies& policies, Layer layer,
                                            const StatementRef& statement) noexcept;

/// "service:Name" in the documented spelling (spec 6.1); as it was given when the action is unknown.
[[nodiscard]] std::string_view documented_action(const Request& request) noexcept;

/// The caller as denial messages print it: the ARN of GetCallerIdentity, "anonymous", the name of a service.
[[nodiscard]] std::string_view caller_name(const Principal& caller) noexcept;

}  // namespace writ::engine
