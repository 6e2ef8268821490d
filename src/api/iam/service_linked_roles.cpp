#include "directory/principals/service_linked_roles.h"

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {

Result<Output> create_service_linked_role(Edit& account, const Call& call) {
    return answer(directory::create_service_linked_role(
                      account, {.service_name = call.input.text("AWSServiceName"),
                                .suffix = call.input.text("CustomSuffix"),
                                .description = std::string(call.input.text("Description"))}),
                  "Role", new_role_shape);
}

Result<Output> delete_service_linked_role(Edit& account, const Call& call) {
    const auto task = directory::delete_service_linked_role(account, call.input.text("RoleName"));
    if (!task) return std::unexpected(task.error());
    Output output;
    output.set("DeletionTaskId", *task);
    return output;
}

Result<Output> get_service_linked_role_deletion_status(const View& account, const Call& call) {
    const auto found = directory::find_deletion_task(account, call.input.text("DeletionTaskId"));
    if (!found) return std::unexpected(found.error());
    Output output;
    output.set("Status", "SUCCEEDED");
    return output;
}

}  // namespace writ::api::iam
