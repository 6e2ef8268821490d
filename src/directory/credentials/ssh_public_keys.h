#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "directory/directory.h"
#include "directory/pages.h"

namespace writ::directory {

/// An SSH public key of a user (spec B32).
struct SshPublicKey {
    std::string key_id;  ///< APKA…
    std::string user_name;
    std::string fingerprint;
    std::string body;
    bool active = true;
    Instant uploaded_at{};
};

/// Answers with the body as it was uploaded. Errors: UnrecognizedPublicKeyEncoding, InvalidPublicKey for keys
/// that are too short or too long, DuplicateSSHPublicKey when the user has the key, in whatever form.
[[nodiscard]] Result<SshPublicKey> upload_ssh_public_key(AccountEdit& account, std::string_view user_name,
                                                         std::string_view body);
enum class SshKeyEncoding : std::uint8_t { ssh, pem };
/// Without the comment that it may have had.
[[nodiscard]] Result<SshPublicKey> get_ssh_public_key(const AccountView& account, std::string_view user_name,
                                                      std::string_view key_id, SshKeyEncoding encoding);
/// `status` as in update_access_key.
[[nodiscard]] Result<void> update_ssh_public_key(AccountEdit& account, std::string_view user_name,
                                                 std::string_view key_id, std::string_view status);
[[nodiscard]] Result<void> delete_ssh_public_key(AccountEdit& account, std::string_view user_name,
                                                 std::string_view key_id);
/// Without bodies.
[[nodiscard]] Result<Page<SshPublicKey>> list_ssh_public_keys(const AccountView& account,
                                                              std::string_view user_name,
                                                              const PageRequest& page);

}  // namespace writ::directory
