#include "directory/credentials/login_profiles.h"

#include <optional>
#include <string>
#include <utility>

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "directory/accounts/root_recovery.h"

namespace writ::api::iam {
namespace {

Output profile_shape(const directory::LoginProfile& profile) {
    Output output;
    output.set("UserName", profile.user_name);
    output.set("CreateDate", profile.created_at);
    output.set("PasswordResetRequired", profile.reset_required);
    if (profile.session_s_max) output.set("MaxSigninSessionDuration", *profile.session_s_max);
    return output;
}

/// The login profile of root: only sessions of AssumeRoot may leave out the user (spec B27).
bool is_of_root(const Call& call) {
    return call.caller.principal->assumed_root && !call.input.has("UserName");
}

Result<Output> root_profile_answer(const Call& call, const Result<directory::RootRecovery>& profile) {
    if (!profile) return std::unexpected(profile.error());
    Output shape;
    shape.set("UserName", call.account());
    shape.set("CreateDate", profile->created_at);
    shape.set("PasswordResetRequired", false);
    Output output;
    output.set("LoginProfile", std::move(shape));
    return output;
}

Result<Completion> create_root_profile(const Call& call) {
    for (const std::string_view parameter :
         {"Password", "PasswordResetRequired", "MaxSigninSessionDuration"}) {
        if (call.input.has(parameter)) {
            return fail("ValidationError", 400,
                        std::string(parameter) + " cannot be specified for the login profile of root.");
        }
    }
    return [&call](Edit& edit) { return root_profile_answer(call, directory::allow_root_recovery(edit)); };
}

Result<Secret> required_password(const Call& call) {
    if (const auto password = call.input.maybe_text("Password")) return Secret(*password);
    return fail("ValidationError", 400,
                "1 validation error detected: Value null at 'password' failed to satisfy constraint: Member "
                "must not be null");
}

}  // namespace

Result<Completion> create_login_profile(const View& account, const Call& call) {
    if (is_of_root(call)) return create_root_profile(call);
    auto user = user_or_calling_user(call);
    if (!user) return std::unexpected(std::move(user.error()));
    const auto password = required_password(call);
    if (!password) return std::unexpected(password.error());
    auto accepted = directory::accept_first_password(account, *user, *password);
    if (!accepted) return std::unexpected(std::move(accepted.error()));
    const directory::NewLoginProfile profile{
        .password = std::move(*accepted),
        .reset_required = call.input.boolean("PasswordResetRequired").value_or(false),
        .session_s_max = call.input.integer("MaxSigninSessionDuration")};
    return [user = std::move(*user), profile](Edit& edit) {
        return answer(directory::create_login_profile(edit, user, profile), "LoginProfile", profile_shape);
    };
}

Result<Output> get_login_profile(const View& account, const Call& call) {
    if (is_of_root(call)) return root_profile_answer(call, directory::get_root_recovery(account));
    const auto user = user_or_calling_user(call);
    if (!user) return std::unexpected(user.error());
    return answer(directory::get_login_profile(account, *user), "LoginProfile", profile_shape);
}

Result<Completion> update_login_profile(const View& account, const Call& call) {
    directory::LoginProfileChange change{
        .password = std::nullopt,
        .reset_required = call.input.boolean("PasswordResetRequired"),
        .session_s_max = call.input.integer("MaxSigninSessionDuration"),
        .session_unlimited = call.input.boolean("ResetMaxSigninSessionDuration").value_or(false)};
    if (change.session_s_max && change.session_unlimited) {
        return fail("InvalidInput", 400,
                    "MaxSigninSessionDuration and ResetMaxSigninSessionDuration exclude each other.");
    }
    std::string user(call.input.text("UserName"));
    if (const auto password = call.input.maybe_text("Password")) {
        auto accepted = directory::accept_new_password(account, user, Secret(*password));
        if (!accepted) return std::unexpected(std::move(accepted.error()));
        change.password = std::move(*accepted);
    }
    return [user = std::move(user), change = std::move(change)](Edit& edit) {
        return done(directory::update_login_profile(edit, user, change));
    };
}

Result<Output> delete_login_profile(Edit& account, const Call& call) {
    if (is_of_root(call)) return done(directory::end_root_recovery(account));
    const auto user = user_or_calling_user(call);
    if (!user) return std::unexpected(user.error());
    return done(directory::delete_login_profile(account, *user));
}

Result<Completion> change_password(const View& account, const Call& call) {
    if (!call.caller.is(engine::PrincipalKind::user)) {  // B11.
        return fail("InvalidUserType", 400, "Only IAM Users can change their own password");
    }
    std::string user = call.caller.subject->name;
    auto accepted = directory::accept_own_password(account, user, Secret(call.input.text("OldPassword")),
                                                   Secret(call.input.text("NewPassword")));
    if (!accepted) return std::unexpected(std::move(accepted.error()));
    return [user = std::move(user), accepted = std::move(*accepted)](Edit& edit) {
        return done(directory::change_own_password(edit, user, accepted));
    };
}

}  // namespace writ::api::iam
