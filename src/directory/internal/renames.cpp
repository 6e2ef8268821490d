#include "directory/internal/renames.h"

#include "directory/internal/failures.h"
#include "store/records.h"

namespace writ::directory {
namespace {

/// Sets one column of all rows that an index has for `id`.
template <class Record>
Result<void> set_all(AccountEdit& account, const store::Index& index, std::string_view id,
                     std::string Record::* column, const std::string& value) {
    auto rows = account.records.list<Record>(index, {.equal = {account.account_id, id}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    for (Record& row : *rows) {
        row.*column = value;
        if (auto written = account.writes.update(row); !written) {
            return std::unexpected(to_error(written.error()));
        }
    }
    return {};
}

}  // namespace

Result<void> rename_memberships(AccountEdit& account, std::string_view user_id,
                                const std::string& name_folded) {
    return set_all(account, store::Membership::by_user, user_id, &store::Membership::user_name_folded,
                   name_folded);
}

Result<void> rename_attachments(AccountEdit& account, std::string_view principal_id,
                                const std::string& name_folded) {
    return set_all(account, store::Attachment::by_principal, principal_id,
                   &store::Attachment::principal_name_folded, name_folded);
}

}  // namespace writ::directory
