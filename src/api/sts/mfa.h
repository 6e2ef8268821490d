#pragma once

#include "api/operation.h"

namespace writ::api::sts {

/// The MFA parameters of AssumeRole and GetSessionToken (spec N7). No MFA device exists here, so whatever
/// serial number is given, it is not one of the caller's.
[[nodiscard]] Result<void> check_mfa(const Input& input);

}  // namespace writ::api::sts
