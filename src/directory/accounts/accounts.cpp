#include "directory/accounts/accounts.h"

#include <algorithm>

#include "base/arn.h"
#include "base/text.h"
#include "crypto/access_key.h"
#include "directory/credentials/access_keys.h"
#include "directory/internal/credentials/access_key_records.h"
#include "directory/internal/failures.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr std::size_t secret_chars_max = 128;

Result<void> insert_account(AccountEdit& account) {
    const store::Account record{.account_id = account.account_id,
                                .created_at = account.environment.clock.now()};
    return result_of(account.writes.insert(record));
}

bool has_secret(const AccountView& account, const store::AccessKey& record, const Secret& secret) {
    const std::string_view sealed(reinterpret_cast<const char*>(record.sealed_secret.data()),
                                  record.sealed_secret.size());
    const auto opened = account.environment.sealing.open_secret(sealed, record.access_key_id);
    return opened && equals_in_constant_time(opened->reveal(), secret.reveal());
}

/// A key of root under the given id and secret. The quota does not hold for who configures the server.
Result<void> set_root_key(AccountEdit& account, const KeyPair& key) {
    auto found =
        result_of(account.records.find<store::AccessKey>(store::AccessKey::by_id, {key.access_key_id}));
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) {
        const store::AccessKey record{
            .account_id = account.account_id,
            .owner_id = account.account_id,
            .access_key_id = key.access_key_id,
            .active = true,
            .sealed_secret = seal_secret(account.environment, key.secret, key.access_key_id),
            .created_at = account.environment.clock.now()};
        return result_of(account.writes.insert(record));
    }
    store::AccessKey& record = **found;
    if (record.owner_id != account.account_id) {
        return fail("ValidationError", 400,
                    "The access key " + key.access_key_id + " does not belong to the root user.");
    }
    if (has_secret(account, record, key.secret)) return {};
    record.sealed_secret = seal_secret(account.environment, key.secret, key.access_key_id);
    return result_of(account.writes.update(record));
}

Result<std::optional<KeyPair>> make_root_key(AccountEdit& account) {
    auto made = create_access_key(account, {});
    if (!made) return std::unexpected(std::move(made.error()));
    return KeyPair{.access_key_id = std::move(made->key.access_key_id), .secret = std::move(made->secret)};
}

}  // namespace

Result<void> check_key_pair(const KeyPair& key) {
    if (!crypto::is_access_key_id(key.access_key_id)) {
        return fail("ValidationError", 400,
                    "An access key id has 16 to 128 letters, digits and underscores.");
    }
    const std::string_view secret = key.secret.reveal();
    const bool printable = std::ranges::all_of(secret, [](char c) { return c > ' ' && c <= '~'; });
    if (secret.empty() || secret.size() > secret_chars_max || !printable) {
        return fail("ValidationError", 400,
                    "A secret access key has 1 to 128 printable characters without blanks.");
    }
    return {};
}

Result<bool> account_exists(store::Reader& records, std::string_view account_id) {
    const auto found = records.find<store::Account>(store::Account::by_id, {account_id});
    if (!found) return std::unexpected(to_error(found.error()));
    return found->has_value();
}

std::string root_arn(std::string_view partition, std::string_view account_id) {
    std::string arn = "arn:";
    return arn.append(partition).append(":iam::").append(account_id).append(":root");
}

Result<void> ensure_owner_account(store::Transaction& transaction, const Environment& environment,
                                  std::string_view account_id) {
    if (!is_account_id(account_id)) return fail("ValidationError", 400, "An account id has 12 digits.");
    const auto exists = account_exists(transaction, account_id);
    if (!exists) return std::unexpected(exists.error());
    AccountEdit account(transaction, std::string(account_id), environment);
    return *exists ? Result<void>{} : insert_account(account);
}

Result<std::optional<KeyPair>> ensure_account(store::Transaction& transaction, const Environment& environment,
                                              std::string_view account_id, const KeyPair* chosen) {
    if (!is_account_id(account_id)) return fail("ValidationError", 400, "An account id has 12 digits.");
    if (chosen != nullptr) {
        if (auto valid = check_key_pair(*chosen); !valid) return std::unexpected(std::move(valid.error()));
    }
    AccountEdit account(transaction, std::string(account_id), environment);
    const auto exists = account_exists(transaction, account_id);
    if (!exists) return std::unexpected(exists.error());
    if (!*exists) {
        if (auto made = insert_account(account); !made) return std::unexpected(std::move(made.error()));
    }
    if (chosen != nullptr) {
        if (auto set = set_root_key(account, *chosen); !set) return std::unexpected(std::move(set.error()));
        return std::nullopt;
    }
    if (*exists) return std::nullopt;
    return make_root_key(account);
}

}  // namespace writ::directory
