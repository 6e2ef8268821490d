#pragma once

#include <optional>

#include "api/operation.h"

namespace writ::api::sts {

/// The MFA parameters of AssumeRole and GetSessionToken: both or none (spec N7).
[[nodiscard]] Result<void> check_mfa(const Input& input);

/// Uses the code of the call, when it brings one: the moment that the new session counts from (spec S14).
/// Right or wrong, the try is noted durably before this returns. The device must be of the calling user or
/// root; AccessDenied with the texts of N7.
[[nodiscard]] Result<std::optional<Instant>> prove_mfa(const Call& call);

}  // namespace writ::api::sts
