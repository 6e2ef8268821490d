#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gateway/mapping.h"
#include "gateway/upstreams.h"

// What configuration says about operations that no table maps, or maps too coarsely.
namespace writ::gateway::internal {

/// "OPERATION ACTION [RESOURCE]", the operation of one of the services that are signed under `signing_names`.
/// InvalidInput says what is wrong.
[[nodiscard]] Result<ConfiguredOperation> read_configured_operation(
    std::string_view text, const std::vector<std::string>& signing_names);

/// What the upstream's configuration names for the operation, else what map_request says.
[[nodiscard]] Result<std::vector<MappedDemand>> map_for(const Upstream& upstream,
                                                        const reference::RequestService& service,
                                                        const reference::RequestOperation& operation,
                                                        const Parameters& parameters,
                                                        const MappingPlace& place);

}  // namespace writ::gateway::internal
