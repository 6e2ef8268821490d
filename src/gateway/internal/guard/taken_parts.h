#pragma once

#include <string>
#include <string_view>

#include "gateway/recognize.h"

/// What of a recognized request its operation takes. The rest ends at the gateway: a server may have uses of
/// its own for a body or a parameter that nobody has decided about.
namespace writ::gateway::internal {

/// Whether the operation has anything in its body.
[[nodiscard]] bool takes_body(const RecognizedRequest& recognized) noexcept;

/// The target with those parameters of its query only that the operation has, or nearly has: what differs in
/// case is left for the reader of parameters to refuse. Protocols that name the operation in a header have no
/// query; Query requests keep theirs, which is read as a whole. REQUIRES: rebuild_head() has made the target.
[[nodiscard]] std::string taken_target(std::string_view target, const RecognizedRequest& recognized);

}  // namespace writ::gateway::internal
