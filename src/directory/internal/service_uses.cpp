#include "directory/internal/service_uses.h"

#include "directory/internal/failures.h"
#include "directory/last_accessed.h"

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

Result<std::vector<store::ServiceUse>> read_service_uses(const AccountView& account,
                                                         std::string_view principal_id) {
    auto uses = all_uses(account, principal_id);
    if (!uses) return uses;
    const Instant now = account.environment.clock.now();
    std::erase_if(*uses, [&](const store::ServiceUse& use) { return now - use.used_at > tracking_period; });
    return uses;
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
    const bool is_role = use.principal_id.starts_with("AROA");
    const auto lives =
        is_role ? has<store::Role>(account, use.principal_id) : has<store::User>(account, use.principal_id);
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
