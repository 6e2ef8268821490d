#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/arn.h"
#include "directory/directory.h"

namespace writ::directory {

/// An access key that is given from outside or shown once.
struct KeyPair {
    std::string access_key_id;
    Secret secret;
};

/// ValidationError when it cannot be a key: characters, lengths.
[[nodiscard]] Result<void> check_key_pair(const KeyPair& key);

/// First start: makes the account and its root user's access key. On later starts nothing happens, except
/// that a `chosen` key which root does not have (or has with another secret) is set.
/// Returns the key pair when one was made here, to be printed once; nothing when it was chosen or there
/// already. ValidationError for a malformed account id or key.
[[nodiscard]] Result<std::optional<KeyPair>> ensure_account(store::Transaction& transaction,
                                                            const Environment& environment,
                                                            std::string_view account_id,
                                                            const KeyPair* chosen);

/// Makes the account, if it is not there, without a key for anybody: one that only owns what lies behind a
/// gateway. ValidationError for a malformed id.
[[nodiscard]] Result<void> ensure_owner_account(store::Transaction& transaction,
                                                const Environment& environment, std::string_view account_id);

[[nodiscard]] Result<bool> account_exists(store::Reader& records, std::string_view account_id);
[[nodiscard]] std::string root_arn(std::string_view partition, std::string_view account_id);

}  // namespace writ::directory
