#pragma once

#include <string>

#include "directory/credentials/access_keys.h"
#include "directory/directory.h"

namespace writ::directory {

/// Who has keys or certificates.
struct CredentialOwner {
    std::string id;         ///< User id; of root the account.
    std::string user_name;  ///< Empty: root.
};

/// NoSuchEntity when there is no such user.
[[nodiscard]] Result<CredentialOwner> find_credential_owner(const AccountView& account,
                                                            const KeyOwner& owner);

}  // namespace writ::directory
