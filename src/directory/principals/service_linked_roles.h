#pragma once

#include <string>
#include <string_view>

#include "directory/directory.h"
#include "directory/principals/roles.h"
#include "directory/targets.h"

/// Roles that belong to an AWS service: their name, trust and permissions are the service's to say, so nobody
/// changes more than description and tags (spec 8.11).
namespace writ::directory {

struct NewServiceLinkedRole {
    std::string_view service_name{};  ///< "autoscaling.amazonaws.com".
    std::string_view suffix{};        ///< Empty: none.
    std::string description{};
};

/// InvalidInput when the service is unknown or takes no suffix, and when the name is taken.
[[nodiscard]] Result<Role> create_service_linked_role(AccountEdit& account, const NewServiceLinkedRole& role);

/// Removes the role: no service works here that could still need it. Returns the id of the deletion task.
/// NoSuchEntity for a role that is linked to no service.
[[nodiscard]] Result<std::string> delete_service_linked_role(AccountEdit& account, std::string_view name);

/// Whether the task is known, and so the role gone. InvalidInput for what is no id of a task, NoSuchEntity
/// for an unknown one.
[[nodiscard]] Result<void> find_deletion_task(const AccountView& account, std::string_view task_id);

/// The role that the call would make, or that the task has deleted, for authorizing.
[[nodiscard]] std::string service_linked_role_arn(const AccountView& account,
                                                  const NewServiceLinkedRole& role);
/// InvalidInput for what is no id of a task.
[[nodiscard]] Result<std::string> role_arn_of_task(const AccountView& account, std::string_view task_id);

}  // namespace writ::directory
