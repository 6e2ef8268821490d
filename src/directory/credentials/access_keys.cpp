#include "directory/credentials/access_keys.h"

#include "crypto/access_key.h"
#include "directory/internal/credentials/access_key_records.h"
#include "directory/internal/credentials/credential_owners.h"
#include "directory/internal/credentials/credential_status.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/new_ids.h"
#include "directory/internal/paging.h"
#include "store/records.h"

namespace writ::directory {
namespace {

/// A key of that owner. The key of anybody else is not found (spec 8.7).
Result<store::AccessKey> find_key_of(const AccountView& account, const KeyOwner& owner,
                                     std::string_view access_key_id) {
    const auto found_owner = find_credential_owner(account, owner);
    if (!found_owner) return std::unexpected(found_owner.error());
    auto key = find_access_key(account, access_key_id);
    if (!key) return std::unexpected(std::move(key.error()));
    if (!*key || (*key)->owner_id != found_owner->id) {
        return std::unexpected(no_such_access_key(access_key_id));
    }
    return std::move(**key);
}

AccessKey answer_of(const CredentialOwner& owner, const store::AccessKey& record) {
    return {.access_key_id = record.access_key_id,
            .user_name = owner.user_name,
            .active = record.active,
            .created_at = record.created_at};
}

/// The quota of users holds for root too.
Result<void> check_quota(const AccountView& account, std::string_view owner_id) {
    const auto used = account.records.count<store::AccessKey>(store::AccessKey::by_owner,
                                                              {.equal = {account.account_id, owner_id}});
    if (!used) return std::unexpected(to_error(used.error()));
    return within(account.environment.quotas, Quota::access_keys_per_user,
                  static_cast<std::int64_t>(*used) + 1);
}

}  // namespace

Result<NewAccessKey> create_access_key(AccountEdit& account, const KeyOwner& owner) {
    const auto found_owner = find_credential_owner(account, owner);
    if (!found_owner) return std::unexpected(found_owner.error());
    if (auto fits = check_quota(account, found_owner->id); !fits) {
        return std::unexpected(std::move(fits.error()));
    }
    auto id = new_id(account, crypto::IdKind::access_key);
    if (!id) return std::unexpected(std::move(id.error()));
    Secret secret = crypto::make_secret_access_key(account.environment.random);
    const store::AccessKey record{.account_id = account.account_id,
                                  .owner_id = found_owner->id,
                                  .access_key_id = *id,
                                  .active = true,
                                  .sealed_secret = seal_secret(account.environment, secret, *id),
                                  .created_at = account.environment.clock.now()};
    if (auto inserted = account.writes.insert(record); !inserted) {
        return std::unexpected(to_error(inserted.error()));
    }
    return NewAccessKey{.key = answer_of(*found_owner, record), .secret = std::move(secret)};
}

Result<void> update_access_key(AccountEdit& account, const KeyOwner& owner, std::string_view access_key_id,
                               std::string_view status) {
    const auto active = is_active(status);
    if (!active) return std::unexpected(active.error());
    auto key = find_key_of(account, owner, access_key_id);
    if (!key) return std::unexpected(std::move(key.error()));
    key->active = *active;
    return result_of(account.writes.update(*key));
}

Result<void> delete_access_key(AccountEdit& account, const KeyOwner& owner, std::string_view access_key_id) {
    const auto key = find_key_of(account, owner, access_key_id);
    if (!key) return std::unexpected(key.error());
    const auto last_use = find_last_use(account, access_key_id);
    if (!last_use) return std::unexpected(last_use.error());
    if (*last_use) {
        if (auto erased = account.writes.erase(**last_use); !erased) {
            return std::unexpected(to_error(erased.error()));
        }
    }
    return result_of(account.writes.erase(*key));
}

Result<Page<AccessKey>> list_access_keys(const AccountView& account, const KeyOwner& owner,
                                         const PageRequest& page) {
    const auto found_owner = find_credential_owner(account, owner);
    if (!found_owner) return std::unexpected(found_owner.error());
    const IndexedList<store::AccessKey, AccessKey> keys{
        .index = store::AccessKey::by_owner,
        .equal = {account.account_id, found_owner->id},
        .order = &store::AccessKey::access_key_id,
        .keep = all_rows,
        .convert = [&](const store::AccessKey& record) { return answer_of(*found_owner, record); }};
    return page_of(account, {.operation = "ListAccessKeys", .filter = found_owner->id}, page, keys);
}

}  // namespace writ::directory
