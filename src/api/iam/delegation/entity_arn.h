#pragma once

#include <string_view>

#include "api/input.h"

namespace writ::api::iam::delegation {

/// The id in "arn:aws:iam::123456789012:delegation-request/ID". Empty: it is no such ARN.
[[nodiscard]] std::string_view id_in_arn(std::string_view arn) noexcept;

/// DelegationRequestId, or the id in EntityArn.
[[nodiscard]] std::string_view request_id(const Input& input) noexcept;

}  // namespace writ::api::iam::delegation
