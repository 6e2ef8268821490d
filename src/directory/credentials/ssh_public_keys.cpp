#include "directory/credentials/ssh_public_keys.h"

#include "crypto/access_key.h"
#include "crypto/rsa_public_key.h"
#include "directory/internal/credentials/credential_status.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/new_ids.h"
#include "directory/internal/paging.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr int bits_min = 2048;  // B32.
constexpr int bits_max = 16384;

SshPublicKey answer_of(const store::User& user, const store::SshPublicKey& record, std::string body) {
    return {.key_id = record.key_id,
            .user_name = user.name,
            .fingerprint = record.fingerprint,
            .body = std::move(body),
            .active = record.active,
            .uploaded_at = record.uploaded_at};
}

Result<crypto::RsaPublicKey> parse(std::string_view body) {
    auto key = crypto::RsaPublicKey::parse(body);
    if (!key) return fail("UnrecognizedPublicKeyEncoding", 400, "Invalid public key uploaded.");
    if (key->bits() < bits_min || key->bits() > bits_max) {
        return fail("InvalidPublicKey", 400, "Invalid body for public key");
    }
    return std::move(*key);
}

struct Found {
    store::User user;
    store::SshPublicKey key;
};

Result<Found> find(const AccountView& account, std::string_view user_name, std::string_view key_id) {
    auto user = user_by_name(account, user_name);
    if (!user) return std::unexpected(std::move(user.error()));
    auto found = account.records.find<store::SshPublicKey>(store::SshPublicKey::by_user,
                                                           {account.account_id, user->user_id, key_id});
    if (!found) return std::unexpected(to_error(found.error()));
    if (auto& key = *found; key.has_value()) return Found{std::move(*user), std::move(*key)};
    return fail("NoSuchEntity", 404, "User has no Public Key with id " + std::string(key_id) + ".");
}

Result<void> check_quota(const AccountView& account, std::string_view user_id) {
    const auto used = account.records.count<store::SshPublicKey>(store::SshPublicKey::by_user,
                                                                 {.equal = {account.account_id, user_id}});
    if (!used) return std::unexpected(to_error(used.error()));
    return within(account.environment.quotas, Quota::ssh_public_keys_per_user,
                  static_cast<std::int64_t>(*used));
}

Result<std::string> in_encoding(const store::SshPublicKey& record, SshKeyEncoding encoding) {
    if (encoding == SshKeyEncoding::ssh) return record.body;
    const auto key = crypto::RsaPublicKey::parse(record.body);
    if (key) return key->pem();
    return std::unexpected(to_error({store::FailureKind::corrupt, {}, "a public key cannot be read"}));
}

}  // namespace

Result<SshPublicKey> upload_ssh_public_key(AccountEdit& account, std::string_view user_name,
                                           std::string_view body) {
    const auto user = user_by_name(account, user_name);
    if (!user) return std::unexpected(user.error());
    const auto key = parse(body);
    if (!key) return std::unexpected(key.error());
    auto id = new_id(account, crypto::IdKind::public_key);
    if (!id) return std::unexpected(std::move(id.error()));
    const store::SshPublicKey record{.account_id = account.account_id,
                                     .user_id = user->user_id,
                                     .key_id = std::move(*id),
                                     .fingerprint = key->fingerprint(),
                                     .body = key->ssh(),
                                     .active = true,
                                     .uploaded_at = account.environment.clock.now()};
    auto inserted = unless_taken(account.writes.insert(record), store::SshPublicKey::by_fingerprint,
                                 {"DuplicateSSHPublicKey", 400, "Duplicate SSH public key uploaded."});
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    if (auto fits = check_quota(account, user->user_id); !fits) {
        return std::unexpected(std::move(fits.error()));
    }
    return answer_of(*user, record, std::string(body));
}

Result<SshPublicKey> get_ssh_public_key(const AccountView& account, std::string_view user_name,
                                        std::string_view key_id, SshKeyEncoding encoding) {
    const auto found = find(account, user_name, key_id);
    if (!found) return std::unexpected(found.error());
    auto body = in_encoding(found->key, encoding);
    if (!body) return std::unexpected(std::move(body.error()));
    return answer_of(found->user, found->key, std::move(*body));
}

Result<void> update_ssh_public_key(AccountEdit& account, std::string_view user_name, std::string_view key_id,
                                   std::string_view status) {
    const auto active = is_active(status);
    if (!active) return std::unexpected(active.error());
    auto found = find(account, user_name, key_id);
    if (!found) return std::unexpected(std::move(found.error()));
    found->key.active = *active;
    return result_of(account.writes.update(found->key));
}

Result<void> delete_ssh_public_key(AccountEdit& account, std::string_view user_name,
                                   std::string_view key_id) {
    const auto found = find(account, user_name, key_id);
    if (!found) return std::unexpected(found.error());
    return result_of(account.writes.erase(found->key));
}

Result<Page<SshPublicKey>> list_ssh_public_keys(const AccountView& account, std::string_view user_name,
                                                const PageRequest& page) {
    const auto user = user_by_name(account, user_name);
    if (!user) return std::unexpected(user.error());
    const IndexedList<store::SshPublicKey, SshPublicKey> keys{
        .index = store::SshPublicKey::by_user,
        .equal = {account.account_id, user->user_id},
        .order = &store::SshPublicKey::key_id,
        .keep = all_rows,
        .convert = [&](const store::SshPublicKey& record) { return answer_of(*user, record, {}); }};
    return page_of(account, {.operation = "ListSSHPublicKeys", .filter = user->user_id}, page, keys);
}

}  // namespace writ::directory
