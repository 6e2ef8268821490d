#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "directory/directory.h"
#include "directory/pages.h"

namespace writ::directory {

/// Whose keys: a user by name, or the root user of the account.
struct KeyOwner {
    std::optional<std::string_view> user_name{};  ///< Nothing: root.
};

struct AccessKey {
    std::string access_key_id;  ///< AKIA…
    std::string user_name;      ///< Empty: root.
    bool active = true;
    Instant created_at{};
};

struct NewAccessKey {
    AccessKey key;
    Secret secret;  ///< Told here and never again.
};

/// GetAccessKeyLastUsed. Nothing in `used_at`: never used; the texts are "N/A" then.
struct AccessKeyLastUsed {
    std::string user_name;
    std::optional<Instant> used_at;
    std::string service = "N/A";
    std::string region = "N/A";
};

[[nodiscard]] Result<NewAccessKey> create_access_key(AccountEdit& account, const KeyOwner& owner);
/// `status` is "Active" or "Inactive"; "Expired" is InvalidInput.
[[nodiscard]] Result<void> update_access_key(AccountEdit& account, const KeyOwner& owner,
                                             std::string_view access_key_id, std::string_view status);
[[nodiscard]] Result<void> delete_access_key(AccountEdit& account, const KeyOwner& owner,
                                             std::string_view access_key_id);
[[nodiscard]] Result<Page<AccessKey>> list_access_keys(const AccountView& account, const KeyOwner& owner,
                                                       const PageRequest& page);
/// Authorized on the owning user: ask targets.h for it first.
[[nodiscard]] Result<AccessKeyLastUsed> get_access_key_last_used(const AccountView& account,
                                                                 std::string_view access_key_id);

/// The first use of each 15 minutes is kept. `should_record_use` tells without writing whether there is
/// anything to write, so that most requests open no write transaction.
[[nodiscard]] Result<bool> should_record_use(const AccountView& account, std::string_view access_key_id);
[[nodiscard]] Result<void> record_access_key_use(AccountEdit& account, std::string_view access_key_id,
                                                 std::string_view service, std::string_view region);

}  // namespace writ::directory
