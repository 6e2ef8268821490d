#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "reference/authorization.h"
#include "reference/internal/name_index.h"
#include "reference/internal/packed.h"
#include "reference/service_definition.h"

namespace writ::reference::internal {

/// The Service Authorization Reference unpacked: rows that view into one buffer of names. Equal lists (of
/// condition keys, of dependent actions, of the resource types of an action) are kept once.
struct AuthorizationTable {
    Bytes names;
    std::vector<ConditionKey> condition_keys;
    Lists<std::uint32_t> key_lists;
    Lists<std::string_view> name_lists;
    std::vector<Service> services;
    std::vector<Action> actions;  ///< All, in the order of the services.
    std::vector<ResourceType> resource_types;
    std::vector<ActionResource> resources;
    std::vector<std::uint32_t> keys_with_hole;
    std::deque<std::string> added_names;                     ///< Owner of names that are not of AWS …
    std::deque<std::vector<std::uint32_t>> added_key_lists;  ///< … and of their lists.
};

/// As read_service(), for the service of Writ itself too: without the rules that hold for those of others.
[[nodiscard]] Result<ServiceDefinition> read_any_service(std::string_view json);

/// Services beside those of AWS; to be filled before the table is loaded.
[[nodiscard]] std::vector<ServiceDefinition>& added_services();

/// Loaded by the first caller.
[[nodiscard]] const AuthorizationTable& authorization_table();

}  // namespace writ::reference::internal
