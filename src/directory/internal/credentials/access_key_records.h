#pragma once

#include <optional>
#include <string_view>

#include "directory/directory.h"
#include "store/records.h"

namespace writ::directory {

/// By access key id; nothing when there is none, or when it is of another account.
[[nodiscard]] Result<std::optional<store::AccessKey>> find_access_key(const AccountView& account,
                                                                      std::string_view access_key_id);
/// When a key or a role (by id) was used last; nothing when it was not.
[[nodiscard]] Result<std::optional<store::LastUse>> find_last_use(const AccountView& account,
                                                                  std::string_view used_id);
/// The secret sealed for the store, bound to the id of its key.
[[nodiscard]] store::Bytes seal_secret(const Environment& environment, const Secret& secret,
                                       std::string_view access_key_id);
/// NoSuchEntity 404: "The Access Key with id K cannot be found."
[[nodiscard]] Error no_such_access_key(std::string_view access_key_id);

}  // namespace writ::directory
