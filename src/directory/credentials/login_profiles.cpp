#include "directory/credentials/login_profiles.h"

#include "directory/internal/credentials/password_records.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"

namespace writ::directory {
namespace {

LoginProfile answer_of(const store::User& user, const store::LoginProfile& record) {
    return {.user_name = user.name,
            .created_at = record.created_at,
            .reset_required = record.reset_required,
            .session_s_max = record.session_s_max};
}

/// The password was accepted for a user or beside a password that is not there any more.
std::unexpected<Error> is_outdated() {
    return std::unexpected(Error{.code = "ConcurrentModification",
                                 .http_status = 409,
                                 .message = "The password was changed by another request.",
                                 .may_retry = true});
}

/// Makes room in the history and puts the present password into it.
Result<void> retire_password(AccountEdit& account, store::LoginProfile& profile) {
    const std::int64_t number = ++profile.passwords_before;
    store::FormerPassword former{.account_id = profile.account_id,
                                 .user_id = profile.user_id,
                                 .number = number,
                                 .password_hash = profile.password_hash};
    if (auto added = account.writes.insert(former); !added) return std::unexpected(to_error(added.error()));
    if (number <= former_passwords_max) return {};
    former.number = number - former_passwords_max;
    return result_of(account.writes.erase(former));
}

Result<void> set_password(AccountEdit& account, store::LoginProfile& profile,
                          const AcceptedPassword& password) {
    if (password.user_id != profile.user_id || password.replaces != profile.password_hash) {
        return is_outdated();
    }
    if (auto retired = retire_password(account, profile); !retired) return retired;
    profile.password_hash = password.hash;
    profile.changed_at = account.environment.clock.now();
    return {};
}

struct Found {
    store::User user;
    store::LoginProfile profile;
};

Result<Found> find(const AccountView& account, std::string_view user_name) {
    auto user = user_by_name(account, user_name);
    if (!user) return std::unexpected(std::move(user.error()));
    auto profile = login_profile_of(account, *user);
    if (!profile) return std::unexpected(std::move(profile.error()));
    return Found{.user = std::move(*user), .profile = std::move(*profile)};
}

}  // namespace

Result<LoginProfile> create_login_profile(AccountEdit& account, std::string_view user_name,
                                          const NewLoginProfile& profile) {
    const auto user = user_by_name(account, user_name);
    if (!user) return std::unexpected(user.error());
    if (user->user_id != profile.password.user_id) return is_outdated();
    const Instant now = account.environment.clock.now();
    const store::LoginProfile record{.account_id = account.account_id,
                                     .user_id = user->user_id,
                                     .password_hash = profile.password.hash,
                                     .reset_required = profile.reset_required,
                                     .session_s_max = profile.session_s_max,
                                     .created_at = now,
                                     .changed_at = now};
    auto inserted = unless_taken(
        account.writes.insert(record), store::LoginProfile::by_user,
        {"EntityAlreadyExists", 409, "Login Profile for user " + user->name + " already exists."});
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    return answer_of(*user, record);
}

Result<LoginProfile> get_login_profile(const AccountView& account, std::string_view user_name) {
    const auto found = find(account, user_name);
    if (!found) return std::unexpected(found.error());
    return answer_of(found->user, found->profile);
}

Result<void> update_login_profile(AccountEdit& account, std::string_view user_name,
                                  const LoginProfileChange& change) {
    auto found = find(account, user_name);
    if (!found) return std::unexpected(std::move(found.error()));
    store::LoginProfile& profile = found->profile;
    if (change.password) {
        if (auto set = set_password(account, profile, *change.password); !set) return set;
    }
    if (change.reset_required) profile.reset_required = *change.reset_required;
    if (change.session_s_max) profile.session_s_max = change.session_s_max;
    if (change.session_unlimited) profile.session_s_max.reset();
    return result_of(account.writes.update(profile));
}

Result<void> delete_login_profile(AccountEdit& account, std::string_view user_name) {
    const auto found = find(account, user_name);
    if (!found) return std::unexpected(found.error());
    const auto former = former_passwords(account, found->user.user_id);
    if (!former) return std::unexpected(former.error());
    for (const store::FormerPassword& password : *former) {
        if (auto erased = account.writes.erase(password); !erased) {
            return std::unexpected(to_error(erased.error()));
        }
    }
    return result_of(account.writes.erase(found->profile));
}

Result<void> change_own_password(AccountEdit& account, std::string_view user_name,
                                 const AcceptedPassword& password) {
    auto found = find(account, user_name);
    if (!found) return std::unexpected(std::move(found.error()));
    if (auto set = set_password(account, found->profile, password); !set) return set;
    found->profile.reset_required = false;
    return result_of(account.writes.update(found->profile));
}

}  // namespace writ::directory
