#include "directory/accounts/account_aliases.h"

#include "base/arn.h"
#include "directory/accounts/accounts.h"
#include "directory/internal/failures.h"
#include "store/records.h"

namespace writ::directory {
namespace {

Result<std::optional<store::AccountAlias>> find_alias(const AccountView& account) {
    return result_of(
        account.records.find<store::AccountAlias>(store::AccountAlias::by_account, {account.account_id}));
}

}  // namespace

Result<void> create_account_alias(AccountEdit& account, std::string_view alias) {
    if (is_account_id(alias)) {
        return fail("ValidationError", 400, "The account alias must not be a 12-digit number.");
    }
    const auto present = find_alias(account);
    if (!present) return std::unexpected(present.error());
    const store::AccountAlias record{.account_id = account.account_id, .alias = std::string(alias)};
    return unless_taken(
        present->has_value() ? account.writes.update(record) : account.writes.insert(record),
        store::AccountAlias::by_alias,
        {"EntityAlreadyExists", 409, "The account alias " + record.alias + " already exists."});
}

Result<void> delete_account_alias(AccountEdit& account, std::string_view alias) {
    const auto found = find_alias(account);
    if (!found) return std::unexpected(found.error());
    const auto& record = *found;
    if (record.has_value() && record->alias == alias) return result_of(account.writes.erase(*record));
    return fail("NoSuchEntity", 404,
                "The account alias with name " + std::string(alias) + " cannot be found.");
}

Result<std::optional<std::string>> account_alias(const AccountView& account) {
    auto found = find_alias(account);
    if (!found) return std::unexpected(std::move(found.error()));
    auto& record = *found;
    if (!record.has_value()) return std::nullopt;
    return std::move(record->alias);
}

}  // namespace writ::directory
