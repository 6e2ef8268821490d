#pragma once

#include <string>
#include <vector>

#include "api/input.h"

namespace writ::api::iam {

/// Of the properties that a request sets, else of those that reading tells (iam:AccountPropertyNamespaces);
/// each once.
[[nodiscard]] std::vector<std::string> account_property_namespaces(const Input& input);

}  // namespace writ::api::iam
