#include "directory/internal/principals/protected_roles.h"

namespace writ::directory {

bool is_protected_path(std::string_view path) noexcept {
    return path.starts_with("/aws-service-role/") || path.starts_with("/aws-reserved/");
}

Result<void> check_modifiable(const OwnerRecord& owner) {
    if (owner.kind != store::EntityKind::role || !is_protected_path(owner.path)) return {};
    return fail("UnmodifiableEntity", 400,
                "Cannot perform the operation on the protected role '" + owner.name +
                    "' - this role is only modifiable by AWS");
}

Result<OwnerRecord> modifiable_owner(const AccountView& account, const PolicyOwner& owner) {
    auto record = directory::owner(account, owner);
    if (!record) return record;
    if (auto modifiable = check_modifiable(*record); !modifiable) {
        return std::unexpected(std::move(modifiable.error()));
    }
    return record;
}

}  // namespace writ::directory
