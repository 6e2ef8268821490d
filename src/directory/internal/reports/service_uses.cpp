#include "directory/internal/reports/service_uses.h"

#include "directory/internal/failures.h"
#include "directory/reports/last_accessed.h"

namespace writ::directory {
namespace {

constexpr std::chrono::days tracking_period{400};

Result<std::vector<store::ServiceUse>> all_uses(const AccountView& account, std::string_view principal_id) {
    return result_of(account.records.list<store::ServiceUse>(store::ServiceUse::by_action,
                                                             {.equal = {account.account_id, principal_id}}));
}

template <class Record>
Result<bool> has(const AccountView& account, std::string_view id) {
    const auto found = account.records.find<Record>(Record::by_id, {account.account_id, id});
    if (!found) return std::unexpected(to_error(found.error()));
    return found->has_value();
}

}  // namespace

Result<bool> principal_still_lives(const AccountView& account, std::string_view principal_id) {
    if (principal_id == account.account_id) return true;
    return principal_id.starts_with("AROA") ? has<store::Role>(account, principal_id)
                                            : has<store::User>(account, principal_id);
}

Result<std::vector<store::ServiceUse>> read_service_uses(const AccountView& account,
                                                         std::string_view principal_id) {
    auto uses = all_uses(account, principal_id);
    if (!uses) return uses;
    const Instant now = account.environment.clock.now();
    std::erase_if(*uses, [&](const store::ServiceUse& use) { return now - use.used_at > tracking_period; });
    return uses;
}

Result<std::map<std::string, LastUse>> last_uses_of_account(const AccountView& account,
                                                            std::string_view account_id) {
    constexpr std::size_t at_once = 10'000;  // An account may have millions of them.
    const Instant now = account.environment.clock.now();
    std::map<std::string, LastUse> latest;
    store::ServiceUse last;
    store::Range range{.equal = {account_id}, .rows_max = at_once};
    for (;;) {
        const auto uses = account.records.list<store::ServiceUse>(store::ServiceUse::by_action, range);
        if (!uses) return std::unexpected(to_error(uses.error()));
        for (const store::ServiceUse& use : *uses) {
            if (now - use.used_at > tracking_period) continue;
            LastUse& known = latest[use.service];
            if (known.at < use.used_at) known = {.at = use.used_at, .region = use.region};
        }
        if (uses->size() < at_once) return latest;
        last = uses->back();
        range.after = {last.principal_id, last.service, last.action};
    }
}

Result<void> erase_service_uses(AccountEdit& account, std::string_view principal_id) {
    const auto uses = all_uses(account, principal_id);
    if (!uses) return std::unexpected(uses.error());
    for (const store::ServiceUse& use : *uses) {
        if (auto erased = result_of(account.writes.erase(use)); !erased) return erased;
    }
    return {};
}

Result<void> record_service_use(AccountEdit& account, const ServiceUse& use, std::string_view region) {
    const auto lives = principal_still_lives(account, use.principal_id);
    if (!lives) return std::unexpected(lives.error());
    if (!*lives) return {};
    const store::ServiceUse record{.account_id = account.account_id,
                                   .principal_id = use.principal_id,
                                   .service = use.service,
                                   .action = use.action,
                                   .used_at = use.at,
                                   .region = std::string(region)};
    auto updated = account.writes.update(record);
    if (!updated && updated.error().kind == store::FailureKind::not_found) {
        updated = account.writes.insert(record);
    }
    return result_of(std::move(updated));
}

}  // namespace writ::directory
