// When an access key was used last (spec 8.7).
#include "directory/credentials/access_keys.h"
#include "directory/internal/credentials/access_key_records.h"
#include "directory/internal/failures.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr std::chrono::minutes window{15};

/// Empty: root.
Result<std::string> owner_name(const AccountView& account, const store::AccessKey& key) {
    if (key.owner_id == account.account_id) return std::string();
    auto user = account.records.find<store::User>(store::User::by_id, {account.account_id, key.owner_id});
    if (!user) return std::unexpected(to_error(user.error()));
    if (!*user) return std::unexpected(no_such_access_key(key.access_key_id));
    return std::move((*user)->name);
}

bool is_due(const AccountView& account, const std::optional<store::LastUse>& last_use) {
    return !last_use || account.environment.clock.now() - last_use->used_at >= window;
}

}  // namespace

Result<AccessKeyLastUsed> get_access_key_last_used(const AccountView& account,
                                                   std::string_view access_key_id) {
    const auto key = find_access_key(account, access_key_id);
    if (!key) return std::unexpected(key.error());
    if (!*key) return std::unexpected(no_such_access_key(access_key_id));
    auto name = owner_name(account, **key);
    if (!name) return std::unexpected(std::move(name.error()));
    const auto last_use = find_last_use(account, access_key_id);
    if (!last_use) return std::unexpected(last_use.error());

    AccessKeyLastUsed answer{.user_name = std::move(*name), .used_at = {}};
    if (*last_use) {
        answer.used_at = (*last_use)->used_at;
        answer.service = (*last_use)->service;
        answer.region = (*last_use)->region;
    }
    return answer;
}

Result<bool> should_record_use(const AccountView& account, std::string_view access_key_id) {
    const auto last_use = find_last_use(account, access_key_id);
    if (!last_use) return std::unexpected(last_use.error());
    if (!is_due(account, *last_use)) return false;
    const auto key = find_access_key(account, access_key_id);
    if (!key) return std::unexpected(key.error());
    return key->has_value();
}

Result<void> record_access_key_use(AccountEdit& account, std::string_view access_key_id,
                                   std::string_view service, std::string_view region) {
    // Asked again: the key may have been used or deleted since the caller looked.
    const auto due = should_record_use(account, access_key_id);
    if (!due) return std::unexpected(due.error());
    if (!*due) return {};
    const store::LastUse use{.account_id = account.account_id,
                             .used_id = std::string(access_key_id),
                             .used_at = account.environment.clock.now(),
                             .service = std::string(service),
                             .region = std::string(region)};
    auto updated = account.writes.update(use);
    if (!updated && updated.error().kind == store::FailureKind::not_found) {
        updated = account.writes.insert(use);
    }
    return result_of(updated);
}

}  // namespace writ::directory
