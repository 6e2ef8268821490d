#include "directory/credentials/passwords.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <ranges>

#include "crypto/password_hash.h"
#include "directory/accounts/account_aliases.h"
#include "directory/internal/credentials/password_records.h"
#include "directory/internal/credentials/password_rules.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"

namespace writ::directory {
namespace {

/// The account's id and alias. [I]: the name and e-mail address of an account are Organizations' to know.
Result<AccountNames> names_of(const AccountView& account) {
    auto alias = account_alias(account);
    if (!alias) return std::unexpected(std::move(alias.error()));
    AccountNames names{account.account_id};
    if (auto& name = *alias; name.has_value()) names.push_back(std::move(*name));
    return names;
}

Result<std::optional<store::PasswordPolicy>> check_text(const AccountView& account, const Secret& password) {
    auto policy = find_password_policy(account);
    if (!policy) return policy;
    const auto names = names_of(account);
    if (!names) return std::unexpected(names.error());
    if (auto conforms = check_password(*policy, password.reveal(), *names); !conforms) {
        return std::unexpected(std::move(conforms.error()));
    }
    return policy;
}

std::unexpected<Error> corrupt_hash() {
    return std::unexpected(to_error({store::FailureKind::corrupt, {}, "a password hash cannot be read"}));
}

/// All passwords of a profile share a salt, so one hash is compared with all of them.
Result<std::string> hash_beside(const store::LoginProfile& profile, const Secret& password) {
    auto hash = crypto::hash_password_like(profile.password_hash, password);
    if (!hash) return corrupt_hash();
    return std::move(*hash);
}

/// Spec B10. [I]: the password in use counts as the first of the previous ones.
Result<void> check_reuse(const AccountView& account, const store::PasswordPolicy& policy,
                         const store::LoginProfile& profile, const std::string& hash) {
    if (policy.reuse_prevention == 0) return {};
    const auto former = former_passwords(account, profile.user_id);
    if (!former) return std::unexpected(former.error());
    const auto newest_first = *former | std::views::reverse | std::views::take(policy.reuse_prevention - 1);
    if (hash == profile.password_hash ||
        std::ranges::find(newest_first, hash, &store::FormerPassword::password_hash) != newest_first.end()) {
        return password_policy_violation();
    }
    return {};
}

Result<AcceptedPassword> accept(const AccountView& account, const store::LoginProfile& profile,
                                const Secret& password) {
    const auto policy = check_text(account, password);
    if (!policy) return std::unexpected(policy.error());
    auto hash = hash_beside(profile, password);
    if (!hash) return std::unexpected(std::move(hash.error()));
    if (const auto& custom = *policy; custom.has_value()) {
        if (auto fresh = check_reuse(account, *custom, profile, *hash); !fresh) {
            return std::unexpected(std::move(fresh.error()));
        }
    }
    return AcceptedPassword{
        .user_id = profile.user_id, .hash = std::move(*hash), .replaces = profile.password_hash};
}

Result<store::LoginProfile> profile_by_name(const AccountView& account, std::string_view user_name) {
    const auto user = user_by_name(account, user_name);
    if (!user) return std::unexpected(user.error());
    return login_profile_of(account, *user);
}

/// Age counts at once, also for passwords that are older than the policy (spec B8).
bool is_expired(const store::PasswordPolicy& policy, const store::LoginProfile& profile, Instant now) {
    return policy.age_days_max > 0 && now >= profile.changed_at + std::chrono::days(policy.age_days_max);
}

PasswordStanding standing_of(const std::optional<store::PasswordPolicy>& policy,
                             const store::LoginProfile& profile, Instant now) {
    if (policy && is_expired(*policy, profile, now)) {
        return policy->hard_expiry ? PasswordStanding::must_be_reset : PasswordStanding::must_be_changed;
    }
    return profile.reset_required ? PasswordStanding::must_be_changed : PasswordStanding::good;
}

}  // namespace

Result<AcceptedPassword> accept_first_password(const AccountView& account, std::string_view user_name,
                                               const Secret& password) {
    auto user = user_by_name(account, user_name);
    if (!user) return std::unexpected(std::move(user.error()));
    if (auto policy = check_text(account, password); !policy) {
        return std::unexpected(std::move(policy.error()));
    }
    return AcceptedPassword{.user_id = std::move(user->user_id),
                            .hash = crypto::hash_password(password, account.environment.random),
                            .replaces = {}};
}

Result<AcceptedPassword> accept_new_password(const AccountView& account, std::string_view user_name,
                                             const Secret& password) {
    const auto profile = profile_by_name(account, user_name);
    if (!profile) return std::unexpected(profile.error());
    return accept(account, *profile, password);
}

Result<AcceptedPassword> accept_own_password(const AccountView& account, std::string_view user_name,
                                             const Secret& old_password, const Secret& new_password) {
    const auto profile = profile_by_name(account, user_name);
    if (!profile) return std::unexpected(profile.error());
    if (!crypto::is_password_of(profile->password_hash, old_password)) {
        return fail("AccessDenied", 403, "The old password was incorrect.");  // ?25.
    }
    if (equals_in_constant_time(old_password.reveal(), new_password.reveal())) {
        return fail("AccessDenied", 403, "The new password is the old password.");
    }
    return accept(account, *profile, new_password);
}

Result<PasswordStanding> check_password_of(const AccountView& account, std::string_view user_name,
                                           const Secret& password) {
    const auto profile = profile_by_name(account, user_name);
    if (!profile && profile.error().http_status >= 500) return std::unexpected(profile.error());
    if (!profile) {
        (void)crypto::hash_password(password, account.environment.random);
        return PasswordStanding::wrong;
    }
    if (!crypto::is_password_of(profile->password_hash, password)) return PasswordStanding::wrong;
    const auto policy = find_password_policy(account);
    if (!policy) return std::unexpected(policy.error());
    return standing_of(*policy, *profile, account.environment.clock.now());
}

}  // namespace writ::directory
