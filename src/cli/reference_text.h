#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/terminal.h"
#include "reference/authorization.h"
#include "reference/managed_policies.h"

/// What `writ reference` prints for people. Every text ends with a line end.
namespace writ::cli {

/// All services: prefix, title, number of actions.
[[nodiscard]] std::string services_text(const Terminal& terminal);
/// The actions of a service with access level and resource types.
[[nodiscard]] std::string service_text(const reference::Service& service, const Terminal& terminal);
[[nodiscard]] std::string resource_types_text(const reference::Service& service, const Terminal& terminal);
[[nodiscard]] std::string condition_keys_text(const reference::Service& service, const Terminal& terminal);
/// Everything about one action of `service`.
[[nodiscard]] std::string action_text(const reference::Service& service, const reference::Action& action,
                                      const Terminal& terminal);
/// What a pattern stands for.
[[nodiscard]] std::string expansion_text(std::string_view pattern,
                                         std::span<const reference::Action* const> actions,
                                         const Terminal& terminal);
[[nodiscard]] std::string found_text(const reference::Found& found, const Terminal& terminal);
[[nodiscard]] std::string managed_policies_text(std::span<const reference::ManagedPolicy* const> policies,
                                                const Terminal& terminal);

}  // namespace writ::cli
