#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/credentials/access_keys.h"
#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/principals/users.h"
#include "directory/tags.h"
#include "directory/targets.h"

/// Virtual MFA devices: what they are and whose (spec 8.8). Functions that look at codes count tries, which
/// must be kept when they refuse: commit after InvalidAuthenticationCode too.
namespace writ::directory {

struct NewMfaDevice {
    std::string name{};
    std::string path = "/";
    std::vector<Tag> tags{};
};

struct CreatedMfaDevice {
    std::string serial_number;  ///< ARN.
    Secret seed;                ///< Base32 text; told here and never again.
    std::string account_label;  ///< Alias of the account, else its id: how apps name the account.
    std::vector<Tag> tags;
};

struct VirtualMfaDevice {
    std::string serial_number;
    std::optional<User> user;  ///< Of root: without name and path. Nothing: assigned to nobody.
    std::optional<Instant> enabled_at;
};

struct MfaDevice {
    std::string serial_number;
    std::string user_name;  ///< Of root the account id.
    Instant enabled_at{};
};

/// What is typed in to enable or resynchronise a device.
struct CodePair {
    std::string_view first;
    std::string_view second;
};

[[nodiscard]] Result<CreatedMfaDevice> create_mfa_device(AccountEdit& account, const NewMfaDevice& device);
/// With `assigned` only those that are (true) or are not (false).
[[nodiscard]] Result<Page<VirtualMfaDevice>> list_virtual_mfa_devices(const AccountView& account,
                                                                      std::optional<bool> assigned,
                                                                      const PageRequest& page);
[[nodiscard]] Result<void> enable_mfa_device(AccountEdit& account, const KeyOwner& owner,
                                             std::string_view serial_number, const CodePair& codes);
[[nodiscard]] Result<void> resync_mfa_device(AccountEdit& account, const KeyOwner& owner,
                                             std::string_view serial_number, const CodePair& codes);
/// The device stays, assigned to nobody (spec B15).
[[nodiscard]] Result<void> deactivate_mfa_device(AccountEdit& account, const KeyOwner& owner,
                                                 std::string_view serial_number);
/// DeleteConflict while it is assigned.
[[nodiscard]] Result<void> delete_mfa_device(AccountEdit& account, std::string_view serial_number);
[[nodiscard]] Result<Page<MfaDevice>> list_mfa_devices(const AccountView& account, const KeyOwner& owner,
                                                       const PageRequest& page);
/// The device when it is the owner's; NoSuchEntity otherwise.
[[nodiscard]] Result<MfaDevice> get_mfa_device(const AccountView& account, const KeyOwner& owner,
                                               std::string_view serial_number);
[[nodiscard]] Result<bool> has_mfa_device(const AccountView& account, const KeyOwner& owner);

enum class CodeUse : std::uint8_t {
    accepted,
    wrong_code,
    not_usable,  ///< No such device, not the owner's, or no try left.
};
/// Uses a code for a session (spec S14). Commit whatever the answer is. `owner_id` is the id of the user, of
/// root the account.
[[nodiscard]] Result<CodeUse> use_one_time_code(AccountEdit& account, std::string_view owner_id,
                                                std::string_view serial_number, std::string_view code);

/// For authorizing before looking (spec B7).
[[nodiscard]] Result<Target> find_mfa_target(const AccountView& account, std::string_view serial_number);

}  // namespace writ::directory
