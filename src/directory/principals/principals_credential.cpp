#include <utility>

#include "crypto/hash.h"
#include "directory/internal/failures.h"
#include "directory/principals/principals.h"
#include "store/records.h"

namespace writ::directory {

Result<std::optional<Credential>> read_credential(store::Reader& records, const Environment& environment,
                                                  std::string_view access_key_id) {
    auto key = records.find<store::AccessKey>(store::AccessKey::by_id, {access_key_id});
    if (!key) return std::unexpected(to_error(key.error()));
    if (!*key) return std::nullopt;
    store::AccessKey& row = **key;
    auto secret = environment.sealing.open_secret(crypto::as_text(row.sealed_secret), row.access_key_id);
    if (!secret) return std::unexpected(std::move(secret.error()));
    const bool root = row.owner_id == row.account_id;
    return Credential{.access_key_id = std::move(row.access_key_id),
                      .account_id = std::move(row.account_id),
                      .root = root,
                      .user_id = root ? std::string{} : std::move(row.owner_id),
                      .active = row.active,
                      .secret = std::move(*secret)};
}

}  // namespace writ::directory
