#include "api/last_uses.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "directory/credentials/access_keys.h"
#include "directory/principals/roles.h"
#include "directory/reports/last_accessed.h"

namespace writ::api {

void LastUses::wait(Use use) {
    if (waiting_.size() < waiting_max) waiting_.push_back(std::move(use));
}

void LastUses::note(const authz::Caller& caller, std::string_view service, Instant now,
                    std::string_view region) {
    const bool role = caller.is_role_session();
    if (caller.session != nullptr && !role) return;  // Nothing that lasts was used.
    const std::string& used_id = role ? caller.subject->id : caller.access_key_id;

    const std::lock_guard lock(mutex_);
    if (noted_.size() >= noted_max) noted_.clear();
    const auto [noted, first] = noted_.try_emplace(used_id, now);
    if (!first && now - noted->second < window) return;
    noted->second = now;
    wait({caller.principal->account, used_id, role, std::string(service), {}, now, std::string(region)});
}

void LastUses::note_action(const authz::Caller& caller, std::string_view action, Instant now,
                           std::string_view region) {
    const std::string& account = caller.principal->account;
    const std::string& id = caller.subject == nullptr ? account : caller.subject->id;

    const std::lock_guard lock(mutex_);
    const auto known = noted_actions_.find(ActionKeyView{id, action});
    if (known != noted_actions_.end()) {
        if (now - known->second < window) return;
        known->second = now;
    } else {
        if (noted_actions_.size() >= noted_max) noted_actions_.clear();
        noted_actions_.emplace(ActionKey{id, action}, now);
    }
    const std::size_t colon = action.find(':');
    wait({account, id, caller.is_role_session(), std::string(action.substr(0, colon)),
          action.substr(colon + 1), now, std::string(region)});
}

std::vector<LastUses::Use> LastUses::take_due() {
    const Instant now = environment_.clock.now();
    const std::lock_guard lock(mutex_);
    if (now - forgotten_at_ >= forget_every) {
        const auto is_over = [&](const auto& entry) { return now - entry.second >= window; };
        std::erase_if(noted_, is_over);
        std::erase_if(noted_actions_, is_over);
        forgotten_at_ = now;
    }
    return std::exchange(waiting_, {});
}

Result<void> LastUses::record(store::Transaction& transaction, const Use& use) const {
    directory::AccountEdit account(transaction, use.account, environment_);
    const std::string& region = use.region.empty() ? own_region_ : use.region;
    if (!use.action.empty()) {
        return directory::record_service_use(
            account, {use.used_id, use.service, std::string(use.action), use.at}, region);
    }
    if (use.role) return directory::record_role_use(account, use.used_id, region);
    return directory::record_access_key_use(account, use.used_id, use.service, region);
}

bool LastUses::write(const std::vector<Use>& uses) {
    auto transaction = store_.write();
    if (!transaction) return false;
    for (const Use& use : uses) {
        const auto recorded = record(**transaction, use);
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
