#include "directory/internal/credentials/credential_owners.h"

#include "directory/internal/entities.h"

namespace writ::directory {

Result<CredentialOwner> find_credential_owner(const AccountView& account, const KeyOwner& owner) {
    if (!owner.user_name) return CredentialOwner{.id = account.account_id, .user_name = {}};
    auto user = user_by_name(account, *owner.user_name);
    if (!user) return std::unexpected(std::move(user.error()));
    return CredentialOwner{.id = std::move(user->user_id), .user_name = std::move(user->name)};
}

}  // namespace writ::directory
