#pragma once

#include <string_view>

#include "directory/directory.h"

/// What stands in the way of deleting an entity, one condition a function: DeleteConflict 409 with the text
/// of spec 8.3 while it holds. The caller asks in the order of the specification.
namespace writ::directory {

[[nodiscard]] Result<void> refuse_login_profile(const AccountView& account, std::string_view user_id);
[[nodiscard]] Result<void> refuse_access_keys(const AccountView& account, std::string_view user_id);
[[nodiscard]] Result<void> refuse_signing_certificates(const AccountView& account, std::string_view user_id);
[[nodiscard]] Result<void> refuse_ssh_public_keys(const AccountView& account, std::string_view user_id);
[[nodiscard]] Result<void> refuse_service_credentials(const AccountView& account, std::string_view user_id);
[[nodiscard]] Result<void> refuse_mfa_devices(const AccountView& account, std::string_view user_id);
[[nodiscard]] Result<void> refuse_inline_policies(const AccountView& account, std::string_view principal_id);
/// Permissions policies; a boundary goes with its principal.
[[nodiscard]] Result<void> refuse_attached_policies(const AccountView& account,
                                                    std::string_view principal_id);
[[nodiscard]] Result<void> refuse_groups(const AccountView& account, std::string_view user_id);
[[nodiscard]] Result<void> refuse_instance_profiles(const AccountView& account, std::string_view role_id);
[[nodiscard]] Result<void> refuse_members(const AccountView& account, std::string_view group_id);

}  // namespace writ::directory
