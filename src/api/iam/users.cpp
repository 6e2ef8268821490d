#include "directory/principals/users.h"

#include <optional>

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"
#include "store/records/account.h"

namespace writ::api::iam {
namespace {

/// Spec B5: root has no name and no path.
Result<Output> get_root_user(const View& account, const Call& call) {
    const auto found =
        account.records.find<store::Account>(store::Account::by_id, {std::string_view(account.account_id)});
    if (!found) return std::unexpected(directory::to_error(found.error()));
    Output user;
    user.set("UserId", account.account_id);
    user.set("Arn", call.caller.principal->arn);
    if (const std::optional<store::Account>& row = *found; row.has_value()) {
        user.set("CreateDate", row->created_at);
    }
    Output output;
    output.set("User", std::move(user));
    return output;
}

}  // namespace

Result<Output> create_user(Edit& account, const Call& call) {
    return answer(
        directory::create_user(account, {.name = std::string(call.input.text("UserName")),
                                         .path = path_or_root(call.input, "Path"),
                                         .boundary_arn = optional_text(call.input, "PermissionsBoundary"),
                                         .tags = tags_of(call.input)}),
        "User", user_shape);
}

Result<Output> get_user(const View& account, const Call& call) {
    if (const auto name = call.input.maybe_text("UserName")) {
        return answer(directory::get_user(account, *name), "User", user_shape);
    }
    if (call.caller.is_root()) return get_root_user(account, call);
    return answer(directory::get_user_by_id(account, call.caller.subject->id), "User", user_shape);
}

Result<Output> update_user(Edit& account, const Call& call) {
    const auto user = directory::update_user(
        account, call.input.text("UserName"),
        {.name = optional_text(call.input, "NewUserName"), .path = optional_text(call.input, "NewPath")});
    if (!user) return std::unexpected(user.error());
    return Output{};
}

Result<Output> delete_user(Edit& account, const Call& call) {
    return done(directory::delete_user(account, call.input.text("UserName")));
}

Result<Output> list_users(const View& account, const Call& call) {
    return answer_page(
        directory::list_users(account, path_or_root(call.input, "PathPrefix"), page_of(call.input)), "Users",
        user_shape);
}

}  // namespace writ::api::iam
