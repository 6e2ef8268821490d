#pragma once

#include <span>
#include <string>
#include <string_view>

#include "reference/authorization.h"
#include "reference/managed_policies.h"

/// What `writ reference --output json` prints: one object on one line, with its end. Of services without
/// their actions only the overview.
namespace writ::cli {

[[nodiscard]] std::string services_json();
[[nodiscard]] std::string service_json(const reference::Service& service);
[[nodiscard]] std::string resource_types_json(const reference::Service& service);
[[nodiscard]] std::string condition_keys_json(const reference::Service& service);
[[nodiscard]] std::string action_json(const reference::Service& service, const reference::Action& action);
[[nodiscard]] std::string expansion_json(std::string_view pattern,
                                         std::span<const reference::Action* const> actions);
[[nodiscard]] std::string found_json(const reference::Found& found);
[[nodiscard]] std::string managed_policies_json(std::span<const reference::ManagedPolicy* const> policies);
[[nodiscard]] std::string managed_policy_json(const reference::ManagedPolicy& policy);

}  // namespace writ::cli
