#pragma once

#include "api/operation.h"

namespace writ::api {

/// Asks whether the caller may do what the call demands: the action of the operation on its target and every
/// further pair. Notes the decision in `record`. The error is AccessDenied with the sentence of spec 6.1.
[[nodiscard]] Result<void> authorize_call(const Operation& operation, const Call& call, const Target& target,
                                          RequestRecord& record);

/// The sentence of spec N3, which tells nothing about policies. `resource` may be empty.
[[nodiscard]] std::string denial_without_reason(const authz::Caller& caller, std::string_view action,
                                                std::string_view resource);

}  // namespace writ::api
