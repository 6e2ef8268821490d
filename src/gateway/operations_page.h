#pragma once

#include <string>

namespace writ::gateway {

/// docs/gateway-operations.md: how each operation of the services with rows of their own is authorized, and
/// how many operations of all others the general rule maps.
[[nodiscard]] std::string print_gateway_operations_page();

}  // namespace writ::gateway
