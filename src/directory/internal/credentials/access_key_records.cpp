#include "directory/internal/credentials/access_key_records.h"

#include "base/text.h"
#include "directory/internal/failures.h"

namespace writ::directory {

Result<std::optional<store::AccessKey>> find_access_key(const AccountView& account,
                                                        std::string_view access_key_id) {
    auto found = result_of(account.records.find<store::AccessKey>(store::AccessKey::by_id, {access_key_id}));
    if (found && *found && (*found)->account_id != account.account_id) return std::nullopt;
    return found;
}

Result<std::optional<store::LastUse>> find_last_use(const AccountView& account, std::string_view used_id) {
    return result_of(
        account.records.find<store::LastUse>(store::LastUse::by_id, {account.account_id, used_id}));
}

store::Bytes seal_secret(const Environment& environment, const Secret& secret,
                         std::string_view access_key_id) {
    const std::string sealed = environment.sealing.seal_secret(secret, access_key_id, environment.random);
    const auto bytes = as_bytes(sealed);
    return {bytes.begin(), bytes.end()};
}

Error no_such_access_key(std::string_view access_key_id) {
    std::string text = "The Access Key with id ";
    text.append(access_key_id).append(" cannot be found.");
    return {"NoSuchEntity", 404, std::move(text)};
}

}  // namespace writ::directory
