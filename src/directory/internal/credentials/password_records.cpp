#include "directory/internal/credentials/password_records.h"

#include "directory/internal/failures.h"

namespace writ::directory {

Result<std::optional<store::PasswordPolicy>> find_password_policy(const AccountView& account) {
    return result_of(
        account.records.find<store::PasswordPolicy>(store::PasswordPolicy::by_account, {account.account_id}));
}

Result<std::optional<store::LoginProfile>> find_login_profile(const AccountView& account,
                                                              std::string_view user_id) {
    return result_of(account.records.find<store::LoginProfile>(store::LoginProfile::by_user,
                                                               {account.account_id, user_id}));
}

Result<store::LoginProfile> login_profile_of(const AccountView& account, const store::User& user) {
    auto found = find_login_profile(account, user.user_id);
    if (!found) return std::unexpected(std::move(found.error()));
    if (std::optional<store::LoginProfile>& profile = *found; profile.has_value()) return std::move(*profile);
    return fail("NoSuchEntity", 404, "Login Profile for User " + user.name + " cannot be found.");
}

Result<std::vector<store::FormerPassword>> former_passwords(const AccountView& account,
                                                            std::string_view user_id) {
    return result_of(account.records.list<store::FormerPassword>(store::FormerPassword::by_number,
                                                                 {.equal = {account.account_id, user_id}}));
}

}  // namespace writ::directory
