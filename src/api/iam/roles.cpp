#include "directory/principals/roles.h"

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {

Result<Output> create_role(Edit& account, const Call& call) {
    const Input& input = call.input;
    return answer(directory::create_role(
                      account, {.name = std::string(input.text("RoleName")),
                                .path = path_or_root(input, "Path"),
                                .trust_document = std::string(input.text("AssumeRolePolicyDocument")),
                                .description = std::string(input.text("Description")),
                                .max_session_s = input.integer("MaxSessionDuration"),
                                .boundary_arn = optional_text(input, "PermissionsBoundary"),
                                .tags = tags_of(input)}),
                  "Role", new_role_shape);
}

Result<Output> get_role(const View& account, const Call& call) {
    return answer(directory::get_role(account, call.input.text("RoleName")), "Role", role_with_use_shape);
}

Result<Output> update_role(Edit& account, const Call& call) {
    const auto role = directory::update_role(account, call.input.text("RoleName"),
                                             {.description = optional_text(call.input, "Description"),
                                              .max_session_s = call.input.integer("MaxSessionDuration")});
    if (!role) return std::unexpected(role.error());
    return Output{};
}

Result<Output> update_role_description(Edit& account, const Call& call) {
    return answer(directory::update_role(account, call.input.text("RoleName"),
                                         {.description = optional_text(call.input, "Description")}),
                  "Role", role_shape);
}

Result<Output> update_assume_role_policy(Edit& account, const Call& call) {
    return done(directory::update_assume_role_policy(account, call.input.text("RoleName"),
                                                     call.input.text("PolicyDocument")));
}

Result<Output> delete_role(Edit& account, const Call& call) {
    return done(directory::delete_role(account, call.input.text("RoleName")));
}

Result<Output> list_roles(const View& account, const Call& call) {
    return answer_page(
        directory::list_roles(account, path_or_root(call.input, "PathPrefix"), page_of(call.input)), "Roles",
        role_shape);
}

}  // namespace writ::api::iam
