#include "directory/principals/groups.h"

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {

Result<Output> create_group(Edit& account, const Call& call) {
    return answer(directory::create_group(account, {.name = std::string(call.input.text("GroupName")),
                                                    .path = path_or_root(call.input, "Path")}),
                  "Group", group_shape);
}

Result<Output> get_group(const View& account, const Call& call) {
    const auto found = directory::get_group(account, call.input.text("GroupName"), page_of(call.input));
    if (!found) return std::unexpected(found.error());
    Output output;
    output.set("Group", group_shape(found->group));
    set_page(output, "Users", found->members, user_shape);
    return output;
}

Result<Output> update_group(Edit& account, const Call& call) {
    const auto group = directory::update_group(
        account, call.input.text("GroupName"),
        {.name = optional_text(call.input, "NewGroupName"), .path = optional_text(call.input, "NewPath")});
    if (!group) return std::unexpected(group.error());
    return Output{};
}

Result<Output> delete_group(Edit& account, const Call& call) {
    return done(directory::delete_group(account, call.input.text("GroupName")));
}

Result<Output> list_groups(const View& account, const Call& call) {
    return answer_page(
        directory::list_groups(account, path_or_root(call.input, "PathPrefix"), page_of(call.input)),
        "Groups", group_shape);
}

Result<Output> list_groups_for_user(const View& account, const Call& call) {
    return answer_page(
        directory::list_groups_for_user(account, call.input.text("UserName"), page_of(call.input)), "Groups",
        group_shape);
}

Result<Output> add_user_to_group(Edit& account, const Call& call) {
    return done(
        directory::add_user_to_group(account, call.input.text("GroupName"), call.input.text("UserName")));
}

Result<Output> remove_user_from_group(Edit& account, const Call& call) {
    return done(directory::remove_user_from_group(account, call.input.text("GroupName"),
                                                  call.input.text("UserName")));
}

}  // namespace writ::api::iam
