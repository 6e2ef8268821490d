#include "api/last_uses.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "directory/access_keys.h"
#include "directory/roles.h"

namespace writ::api {

void LastUses::note(const authz::Caller& caller, std::string_view service, Instant now) {
    const bool role = caller.is_role_session();
    if (caller.session != nullptr && !role) return;  // Nothing that lasts was used.
    const std::string& used_id = role ? caller.subject->id : caller.access_key_id;

    const std::lock_guard lock(mutex_);
    const auto [noted, first] = noted_.try_emplace(used_id, now);
    if (!first && now - noted->second < window) return;
    noted->second = now;
    waiting_.push_back({caller.principal->account, used_id, role, std::string(service)});
}

std::vector<LastUses::Use> LastUses::take_due() {
    const Instant now = at_.environment.clock.now();
    const std::lock_guard lock(mutex_);
    std::erase_if(noted_, [&](const auto& entry) { return now - entry.second >= window; });
    return std::exchange(waiting_, {});
}

bool LastUses::write(const std::vector<Use>& uses) {
    auto transaction = at_.store.write();
    if (!transaction) return false;
    for (const Use& use : uses) {
        directory::AccountEdit account(**transaction, use.account, at_.environment);
        const auto recorded =
            use.role ? directory::record_role_use(account, use.used_id, at_.config.region)
                     : directory::record_access_key_use(account, use.used_id, use.service, at_.config.region);
        // A key or role that went in the meantime is no failure.
        if (!recorded && recorded.error().http_status >= 500) return false;
    }
    return (*transaction)->commit().has_value();
}

void LastUses::flush() {
    std::vector<Use> uses = take_due();
    if (uses.empty() || write(uses)) return;
    const std::lock_guard lock(mutex_);
    waiting_.insert(waiting_.begin(), std::make_move_iterator(uses.begin()),
                    std::make_move_iterator(uses.end()));
}

}  // namespace writ::api
