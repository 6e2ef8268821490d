#pragma once

#include <string>

namespace writ::api {

/// docs/api-operations.md: which operations of the models exist here, made from the operation tables.
[[nodiscard]] std::string print_operations_page();

}  // namespace writ::api
