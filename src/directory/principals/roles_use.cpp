// When a role was used last.
#include <chrono>

#include "directory/internal/credentials/access_key_records.h"
#include "directory/internal/failures.h"
#include "directory/principals/roles.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr std::chrono::minutes window{15};  // As for access keys (spec 8.7) [I].

}  // namespace

Result<void> record_role_use(AccountEdit& account, std::string_view role_id, std::string_view region) {
    const Instant now = account.environment.clock.now();
    const auto last_use = find_last_use(account, role_id);
    if (!last_use) return std::unexpected(last_use.error());
    if (*last_use && now - (*last_use)->used_at < window) return {};
    const auto role = account.records.find<store::Role>(store::Role::by_id, {account.account_id, role_id});
    if (!role) return std::unexpected(to_error(role.error()));
    if (!*role) return {};  // Deleted since it was assumed.
    const store::LastUse use{.account_id = account.account_id,
                             .used_id = std::string(role_id),
                             .used_at = now,
                             .service = {},
                             .region = std::string(region)};
    return result_of(*last_use ? account.writes.update(use) : account.writes.insert(use));
}

}  // namespace writ::directory
