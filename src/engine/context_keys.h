#pragma once

#include <string>
#include <vector>

#include "policy/document.h"

namespace writ::engine {

/// Appends the condition keys that a document asks for, in conditions and in policy variables (spec 3.6), to
/// `keys`: as written where they stand first, each once whatever its case. Documents of the version without
/// variables have none (spec V1). Cost: linear in the document times the number of different keys.
void add_context_keys(const policy::Document& document, std::vector<std::string>& keys);

}  // namespace writ::engine
