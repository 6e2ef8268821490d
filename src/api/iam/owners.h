#pragma once

#include "api/call.h"
#include "directory/attachments.h"

namespace writ::api::iam {

/// Who carries policies, as the operations of the three kinds name it.
[[nodiscard]] inline directory::PolicyOwner user_of(const Call& call) {
    return {directory::OwnerKind::user, call.input.text("UserName")};
}
[[nodiscard]] inline directory::PolicyOwner group_of(const Call& call) {
    return {directory::OwnerKind::group, call.input.text("GroupName")};
}
[[nodiscard]] inline directory::PolicyOwner role_of(const Call& call) {
    return {directory::OwnerKind::role, call.input.text("RoleName")};
}

}  // namespace writ::api::iam
