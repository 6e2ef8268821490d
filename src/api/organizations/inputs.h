#pragma once

#include "api/inputs.h"
#include "directory/pages.h"

/// Parameters that many operations of Organizations share, as the directory wants them.
namespace writ::api::organizations {

/// NextToken and MaxResults; 20 items where nothing is said, the most that may be asked for.
[[nodiscard]] directory::PageRequest page_of(const Input& input);
}  // namespace writ::api::organizations
