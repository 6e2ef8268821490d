#include "directory/internal/principals/boundaries.h"

#include <cassert>
#include <string>

#include "directory/internal/counters.h"
#include "directory/internal/failures.h"
#include "directory/internal/policies/managed.h"

namespace writ::directory {

Result<bool> remove_boundary(AccountEdit& account, std::string_view principal_id) {
    const auto rows = account.records.list<store::Attachment>(
        store::Attachment::by_principal,
        {.equal = {account.account_id, principal_id, store::PolicyUsage::boundary}, .rows_max = 1});
    if (!rows) return std::unexpected(to_error(rows.error()));
    if (rows->empty()) return false;
    const store::Attachment& boundary = rows->front();
    if (auto erased = account.writes.erase(boundary); !erased) {
        return std::unexpected(to_error(erased.error()));
    }
    auto counted = count_one_less(account, counter::boundaries(boundary.policy_arn));
    if (!counted) return std::unexpected(std::move(counted.error()));
    return true;
}

Result<void> set_boundary(AccountEdit& account, const OwnerRecord& principal, std::string_view policy_arn) {
    assert(principal.kind != store::EntityKind::group);
    if (!place_of(policy_arn)) {
        return fail("ValidationError", 400,
                    "Value (" + std::string(policy_arn) + ") for parameter PermissionsBoundary is invalid.");
    }
    auto arn = attachable_policy(account, policy_arn);
    if (!arn) return std::unexpected(std::move(arn.error()));
    if (auto removed = remove_boundary(account, principal.id); !removed) {
        return std::unexpected(std::move(removed.error()));
    }
    const store::Attachment boundary{.account_id = account.account_id,
                                     .principal_kind = principal.kind,
                                     .principal_id = principal.id,
                                     .principal_name_folded = principal.name_folded,
                                     .usage = store::PolicyUsage::boundary,
                                     .policy_arn = std::move(*arn)};
    if (auto inserted = account.writes.insert(boundary); !inserted) {
        return std::unexpected(to_error(inserted.error()));
    }
    const auto counted = add_to_counter(account, counter::boundaries(boundary.policy_arn), 1);
    if (!counted) return std::unexpected(counted.error());
    return {};
}

}  // namespace writ::directory
