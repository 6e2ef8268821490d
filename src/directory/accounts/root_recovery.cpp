#include "directory/accounts/root_recovery.h"

#include "directory/internal/failures.h"
#include "store/records/root_access.h"

namespace writ::directory {
namespace {

Result<store::RootRecovery> find(const AccountView& account) {
    const auto row = account.records.find<store::RootRecovery>(store::RootRecovery::by_account,
                                                               {std::string_view(account.account_id)});
    if (!row) return std::unexpected(to_error(row.error()));
    if (*row) return **row;
    return fail("NoSuchEntity", 404, "Login Profile for User " + account.account_id + " cannot be found.");
}

}  // namespace

Result<RootRecovery> allow_root_recovery(AccountEdit& account) {
    const store::RootRecovery row{.account_id = account.account_id,
                                  .created_at = account.environment.clock.now()};
    auto inserted = unless_taken(
        account.writes.insert(row), store::RootRecovery::by_account,
        {"EntityAlreadyExists", 409, "Login Profile for user " + account.account_id + " already exists."});
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    return RootRecovery{row.created_at};
}

Result<RootRecovery> get_root_recovery(const AccountView& account) {
    const auto row = find(account);
    if (!row) return std::unexpected(row.error());
    return RootRecovery{row->created_at};
}

Result<void> end_root_recovery(AccountEdit& account) {
    const auto row = find(account);
    if (!row) return std::unexpected(row.error());
    return result_of(account.writes.erase(*row));
}

}  // namespace writ::directory
