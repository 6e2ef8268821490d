#include "directory/internal/counters.h"

#include <cassert>

#include "directory/internal/failures.h"
#include "store/records.h"

namespace writ::directory {
namespace {

Result<std::optional<store::Counter>> find_counter(const AccountView& account, std::string_view name) {
    return result_of(
        account.records.find<store::Counter>(store::Counter::by_name, {account.account_id, name}));
}

}  // namespace

namespace counter {
std::string attachments(std::string_view policy_arn) {
    return std::string("attachments ").append(policy_arn);
}
std::string boundaries(std::string_view policy_arn) {
    return std::string("boundaries ").append(policy_arn);
}
}  // namespace counter

Result<std::int64_t> read_counter(const AccountView& account, std::string_view name) {
    const auto found = find_counter(account, name);
    if (!found) return std::unexpected(found.error());
    return *found ? (*found)->value : 0;
}

Result<std::int64_t> add_to_counter(AccountEdit& account, std::string_view name, std::int64_t change) {
    const auto found = find_counter(account, name);
    if (!found) return std::unexpected(found.error());
    store::Counter counter{.account_id = account.account_id, .name = std::string(name), .value = change};
    if (*found) counter.value += (*found)->value;
    assert(counter.value >= 0);
    store::Outcome<void> written;
    if (!*found) {
        if (counter.value != 0) written = account.writes.insert(counter);
    } else if (counter.value == 0) {
        written = account.writes.erase(counter);
    } else {
        written = account.writes.update(counter);
    }
    if (!written) return std::unexpected(to_error(written.error()));
    return counter.value;
}

Result<void> count_one_more(AccountEdit& account, std::string_view name, Quota quota) {
    const auto used = add_to_counter(account, name, 1);
    if (!used) return std::unexpected(used.error());
    return within(account.environment.quotas, quota, *used);
}

Result<void> count_one_less(AccountEdit& account, std::string_view name) {
    const auto used = add_to_counter(account, name, -1);
    if (!used) return std::unexpected(used.error());
    return {};
}

}  // namespace writ::directory
