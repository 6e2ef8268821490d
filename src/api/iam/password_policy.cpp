#include "directory/credentials/password_policy.h"

#include <utility>

#include "api/iam/answers.h"
#include "api/iam/handlers.h"

namespace writ::api::iam {
namespace {

Output policy_shape(const directory::PasswordPolicy& policy) {
    Output output;
    output.set("MinimumPasswordLength", policy.minimum_length);
    output.set("RequireSymbols", policy.require_symbols);
    output.set("RequireNumbers", policy.require_numbers);
    output.set("RequireUppercaseCharacters", policy.require_uppercase);
    output.set("RequireLowercaseCharacters", policy.require_lowercase);
    output.set("AllowUsersToChangePassword", policy.users_may_change);
    output.set("ExpirePasswords", policy.age_days_max > 0);
    if (policy.age_days_max > 0) output.set("MaxPasswordAge", policy.age_days_max);
    if (policy.reuse_prevention > 0) output.set("PasswordReusePrevention", policy.reuse_prevention);
    if (policy.hard_expiry) output.set("HardExpiry", policy.hard_expiry);
    return output;
}

}  // namespace

Result<Output> get_account_password_policy(const View& account, const Call&) {
    return answer(directory::get_password_policy(account), "PasswordPolicy", policy_shape);
}

Result<Output> update_account_password_policy(Edit& account, const Call& call) {
    const directory::PasswordPolicy standard;
    const auto number = [&](std::string_view member, std::int64_t otherwise) {
        return call.input.integer(member).value_or(otherwise);
    };
    const auto flag = [&](std::string_view member) { return call.input.boolean(member).value_or(false); };
    return done(directory::update_password_policy(
        account, {.minimum_length = number("MinimumPasswordLength", standard.minimum_length),
                  .require_symbols = flag("RequireSymbols"),
                  .require_numbers = flag("RequireNumbers"),
                  .require_uppercase = flag("RequireUppercaseCharacters"),
                  .require_lowercase = flag("RequireLowercaseCharacters"),
                  .users_may_change = flag("AllowUsersToChangePassword"),
                  .age_days_max = number("MaxPasswordAge", standard.age_days_max),
                  .reuse_prevention = number("PasswordReusePrevention", standard.reuse_prevention),
                  .hard_expiry = flag("HardExpiry")}));
}

Result<Output> delete_account_password_policy(Edit& account, const Call&) {
    return done(directory::delete_password_policy(account));
}

}  // namespace writ::api::iam
