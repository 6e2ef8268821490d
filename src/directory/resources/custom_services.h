#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "reference/service_definition.h"

/// Services that an account has described, so that programs may ask about their actions.
namespace writ::directory {

struct CustomService {
    reference::ServiceDefinition definition;
    Instant registered_at{};
};

/// Takes the place of a service of that prefix. InvalidInput as reference::check_beside_aws; LimitExceeded
/// beyond 100 services.
[[nodiscard]] Result<void> register_service(AccountEdit& account,
                                            const reference::ServiceDefinition& definition);
/// NoSuchEntity when there is none.
[[nodiscard]] Result<void> delete_service(AccountEdit& account, std::string_view prefix);
/// By prefix.
[[nodiscard]] Result<std::vector<CustomService>> list_services(const AccountView& account);

}  // namespace writ::directory
