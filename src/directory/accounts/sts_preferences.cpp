#include "directory/accounts/sts_preferences.h"

#include "directory/internal/failures.h"
#include "store/records.h"

namespace writ::directory {
namespace {

using store::StsPreferences;

Result<std::optional<StsPreferences>> find_preferences(const AccountView& account) {
    return result_of(account.records.find<StsPreferences>(StsPreferences::by_account, {account.account_id}));
}

}  // namespace

Result<std::int64_t> get_global_token_version(const AccountView& account) {
    const auto found = find_preferences(account);
    if (!found) return std::unexpected(found.error());
    return found->value_or(StsPreferences{}).global_token_version;
}

Result<void> set_global_token_version(AccountEdit& account, std::int64_t version) {
    const auto found = find_preferences(account);
    if (!found) return std::unexpected(found.error());
    const StsPreferences record{.account_id = account.account_id, .global_token_version = version};
    return result_of(found->has_value() ? account.writes.update(record) : account.writes.insert(record));
}

}  // namespace writ::directory
