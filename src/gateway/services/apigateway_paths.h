#pragma once

#include "gateway/internal/mapping/mapping_rows.h"

/// Amazon API Gateway: actions that are methods, and resources that are paths.
namespace writ::gateway::internal {

/// The method of the request on its path, the roles that it passes, and the tags that it sets.
[[nodiscard]] Result<void> apigateway_by_path(const MappingCall& call, Demands& demands);
/// With the actions for the policy of a REST API.
[[nodiscard]] Result<void> apigateway_rest_api(const MappingCall& call, Demands& demands);
/// With the actions for the certificates and policies of a domain name.
[[nodiscard]] Result<void> apigateway_domain(const MappingCall& call, Demands& demands);
[[nodiscard]] Result<void> apigateway_access_association(const MappingCall& call, Demands& demands);
/// A definition in OpenAPI, which passes roles that nobody has looked for.
[[nodiscard]] Result<void> apigateway_import(const MappingCall& call, Demands& demands);

}  // namespace writ::gateway::internal
