#pragma once

#include "base/http.h"
#include "base/result.h"
#include "gateway/internal/requests/parameter_tree.h"
#include "gateway/recognize.h"

namespace writ::gateway::internal {

/// The Query protocol of SQS addresses a queue by the path of the request, "/123456789012/orders", by the
/// parameter QueueUrl, or by both. Adds the parameter where only the path has it. Errors: AmbiguousRequest
/// when they are two queues.
[[nodiscard]] Result<void> read_queue_path(const RecognizedRequest& recognized, const HttpRequest& request,
                                           ParameterTree& tree);

}  // namespace writ::gateway::internal
