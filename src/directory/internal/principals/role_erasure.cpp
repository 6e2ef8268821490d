#include "directory/internal/principals/role_erasure.h"

#include <utility>

#include "directory/internal/counters.h"
#include "directory/internal/credentials/access_key_records.h"
#include "directory/internal/failures.h"
#include "directory/internal/principals/boundaries.h"
#include "directory/internal/reports/recorded_uses.h"
#include "directory/internal/reports/service_uses.h"
#include "directory/internal/tagging.h"

namespace writ::directory {
namespace {

Result<void> erase_belongings(AccountEdit& account, const store::Role& record) {
    if (auto removed = remove_boundary(account, record.role_id); !removed) {
        return std::unexpected(std::move(removed.error()));
    }
    if (auto erased = erase_tags(account, record.role_id); !erased) return erased;
    if (auto erased = erase_service_uses(account, record.role_id); !erased) return erased;
    if (auto erased = erase_recorded_uses(account, record.role_id); !erased) return erased;
    const auto used = find_last_use(account, record.role_id);
    if (!used) return std::unexpected(used.error());
    return *used ? result_of(account.writes.erase(**used)) : Result<void>{};
}

}  // namespace

Result<void> erase_role(AccountEdit& account, const store::Role& role) {
    if (auto erased = erase_belongings(account, role); !erased) return erased;
    if (auto erased = result_of(account.writes.erase(role)); !erased) return erased;
    return count_one_less(account, counter::roles);
}

}  // namespace writ::directory
