#include "directory/credentials/password_policy.h"

#include <optional>

#include "directory/internal/credentials/password_records.h"
#include "directory/internal/failures.h"

namespace writ::directory {
namespace {

store::PasswordPolicy record_of(const AccountView& account, const PasswordPolicy& policy) {
    return {.account_id = account.account_id,
            .minimum_length = policy.minimum_length,
            .require_symbols = policy.require_symbols,
            .require_numbers = policy.require_numbers,
            .require_uppercase = policy.require_uppercase,
            .require_lowercase = policy.require_lowercase,
            .users_may_change = policy.users_may_change,
            .age_days_max = policy.age_days_max,
            .reuse_prevention = policy.reuse_prevention,
            .hard_expiry = policy.hard_expiry};
}

PasswordPolicy answer_of(const store::PasswordPolicy& record) {
    return {.minimum_length = record.minimum_length,
            .require_symbols = record.require_symbols,
            .require_numbers = record.require_numbers,
            .require_uppercase = record.require_uppercase,
            .require_lowercase = record.require_lowercase,
            .users_may_change = record.users_may_change,
            .age_days_max = record.age_days_max,
            .reuse_prevention = record.reuse_prevention,
            .hard_expiry = record.hard_expiry};
}

}  // namespace

Result<PasswordPolicy> get_password_policy(const AccountView& account) {
    const auto found = find_password_policy(account);
    if (!found) return std::unexpected(found.error());
    if (const auto& record = *found; record.has_value()) return answer_of(*record);
    return fail("NoSuchEntity", 404,
                "The Password Policy with domain name " + account.account_id + " cannot be found.");
}

Result<void> update_password_policy(AccountEdit& account, const PasswordPolicy& policy) {
    const auto found = find_password_policy(account);
    if (!found) return std::unexpected(found.error());
    const store::PasswordPolicy record = record_of(account, policy);
    return result_of(found->has_value() ? account.writes.update(record) : account.writes.insert(record));
}

Result<void> delete_password_policy(AccountEdit& account) {
    const auto found = find_password_policy(account);
    if (!found) return std::unexpected(found.error());
    if (const auto& record = *found; record.has_value()) return result_of(account.writes.erase(*record));
    return fail("NoSuchEntity", 404, "The account policy with name PasswordPolicy cannot be found.");
}

}  // namespace writ::directory
