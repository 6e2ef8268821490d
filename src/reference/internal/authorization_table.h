#pragma once

#include <string_view>
#include <vector>

#include "reference/authorization.h"
#include "reference/internal/name_index.h"
#include "reference/internal/packed.h"

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
};

/// Loaded by the first caller.
[[nodiscard]] const AuthorizationTable& authorization_table();

}  // namespace writ::reference::internal
