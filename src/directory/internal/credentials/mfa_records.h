#pragma once

#include <string>
#include <string_view>

#include "directory/credentials/access_keys.h"
#include "directory/directory.h"
#include "store/records.h"

/// Devices and whose they are.
namespace writ::directory {

struct MfaOwner {
    std::string id;     ///< User id; of root the account.
    std::string label;  ///< User name; of root the account id.
};

/// NoSuchEntity when there is no such user.
[[nodiscard]] Result<MfaOwner> find_mfa_owner(const AccountView& account, const KeyOwner& owner);
/// NoSuchEntity 404: "VirtualMFADevice with serial number S doesn't exist."
[[nodiscard]] Result<store::MfaDevice> mfa_device_by_serial(const AccountView& account,
                                                            std::string_view serial_number);
/// NoSuchEntity 404 "MFA Device invalid for user." when it is not the owner's.
[[nodiscard]] Result<store::MfaDevice> mfa_device_of(const AccountView& account, const MfaOwner& owner,
                                                     std::string_view serial_number);
[[nodiscard]] Result<std::vector<store::MfaDevice>> mfa_devices_of(const AccountView& account,
                                                                   std::string_view owner_id);

}  // namespace writ::directory
