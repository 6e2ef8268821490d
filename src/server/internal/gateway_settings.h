#pragma once

#include <string_view>

#include "base/result.h"
#include "server/configuration.h"

/// The settings of the gateway.
namespace writ::server::internal {

[[nodiscard]] Result<void> set_gateway_listen(Configuration& configuration, std::string_view text);
/// Names with ',' between them.
[[nodiscard]] Result<void> set_s3_hosts(Configuration& configuration, std::string_view text);
/// Adds one for each text between ';'. Secrets are read now, from a file or from the environment.
[[nodiscard]] Result<void> add_upstreams(Configuration& configuration, std::string_view text);

}  // namespace writ::server::internal
