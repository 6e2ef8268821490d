#pragma once

#include "base/http.h"
#include "base/result.h"
#include "gateway/internal/requests/fields.h"
#include "gateway/internal/requests/parameter_tree.h"
#include "gateway/recognize.h"

namespace writ::gateway::internal {

/// Adds the members of a REST request that travel in its labels, its query string and its headers. Errors:
/// SerializationException for a member of one value that is there twice.
[[nodiscard]] Result<void> read_head(const RecognizedRequest& recognized, const HttpRequest& request,
                                     const Fields& query, ParameterTree& tree);

/// Adds the value of a header: a list is cut at its commas, quoted elements are unquoted.
void add_header(const reference::RequestMember& member, std::string_view value, ParameterTree& tree);

}  // namespace writ::gateway::internal
