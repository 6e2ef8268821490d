#pragma once

#include "gateway/internal/mapping/mapping_rows.h"

/// What of AWS Lambda no row can express.
namespace writ::gateway::internal {

/// A function by name, "NAME:QUALIFIER", "ACCOUNT:function:NAME" or ARN: its ARN. The qualifier belongs to it
/// where the operation takes one, and is cut off where it does not.
[[nodiscard]] Result<std::string> lambda_function_arn(std::string_view name, const MappingCall& call);
/// The same with whatever qualifier the name has.
[[nodiscard]] Result<std::string> lambda_named_function_arn(std::string_view name, const MappingCall& call);

[[nodiscard]] Result<void> lambda_function_key(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> lambda_principal_key(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> lambda_url_auth_key(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> lambda_vpc_key(const MappingCall& call, MappedDemand& demand);

}  // namespace writ::gateway::internal
