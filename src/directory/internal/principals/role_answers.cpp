#include "directory/internal/principals/role_answers.h"

#include <utility>

#include "directory/internal/arns.h"
#include "directory/internal/credentials/access_key_records.h"
#include "directory/internal/entities.h"
#include "directory/internal/principals/trust.h"
#include "directory/internal/tagging.h"

namespace writ::directory {

Result<Role> listed_role(const AccountView& account, const store::Role& record) {
    auto trust = with_arns(account.records, account.environment, record.trust_document, account.account_id);
    if (!trust) return std::unexpected(std::move(trust.error()));
    return Role{.role_id = record.role_id,
                .name = record.name,
                .path = record.path,
                .arn = arn_of(account, record),
                .description = record.description,
                .trust_document = std::move(*trust),
                .max_session_s = record.max_session_s,
                .created_at = record.created_at,
                .last_used = {},
                .boundary_arn = {},
                .tags = {}};
}

Result<Role> whole_role(const AccountView& account, const store::Role& record) {
    auto role = listed_role(account, record);
    if (!role) return role;
    auto boundary = boundary_of(account, record.role_id);
    if (!boundary) return std::unexpected(std::move(boundary.error()));
    auto tags = read_tags(account, record.role_id);
    if (!tags) return std::unexpected(std::move(tags.error()));
    role->boundary_arn = std::move(*boundary);
    role->tags = std::move(*tags);
    return role;
}

Result<Role> whole_role_with_use(const AccountView& account, const store::Role& record) {
    auto role = whole_role(account, record);
    if (!role) return role;
    const auto used = find_last_use(account, record.role_id);
    if (!used) return std::unexpected(used.error());
    if (*used) role->last_used = RoleLastUsed{(*used)->used_at, (*used)->region};
    return role;
}

}  // namespace writ::directory
