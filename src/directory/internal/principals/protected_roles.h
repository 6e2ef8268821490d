#pragma once

#include "directory/directory.h"
#include "directory/internal/entities.h"

namespace writ::directory {

/// True for roles that belong to AWS: service-linked ones and those of IAM Identity Center.
[[nodiscard]] bool is_protected_path(std::string_view path) noexcept;

/// UnmodifiableEntity 400 for a role that only AWS may change (spec 8.3); users and groups pass.
[[nodiscard]] Result<void> check_modifiable(const OwnerRecord& owner);

/// The user, group or role whose permissions a call wants to change: NoSuchEntity, UnmodifiableEntity.
[[nodiscard]] Result<OwnerRecord> modifiable_owner(const AccountView& account, const PolicyOwner& owner);

}  // namespace writ::directory
