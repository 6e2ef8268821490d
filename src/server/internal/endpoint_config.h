#pragma once

#include "api/endpoint.h"
#include "server/configuration.h"

namespace writ::server::internal {

/// What the configuration says to the APIs, and to a gateway that has no APIs beside it.
[[nodiscard]] api::EndpointConfig endpoint_config(const Configuration& configuration);

}  // namespace writ::server::internal
