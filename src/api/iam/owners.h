#pragma once

#include <string_view>

#include "api/call.h"
#include "directory/policies/attachments.h"

namespace writ::api::iam {

/// The parameter that names who carries the policies: UserName, GroupName or RoleName. REQUIRES: the call has
/// one of them, which each operation on the policies of a user, group or role demands.
[[nodiscard]] std::string_view owner_parameter(const Call& call) noexcept;

/// Who it names.
[[nodiscard]] directory::PolicyOwner owner_of(const Call& call) noexcept;

}  // namespace writ::api::iam
