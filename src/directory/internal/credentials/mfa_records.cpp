#include "directory/internal/credentials/mfa_records.h"

#include "directory/internal/entities.h"
#include "directory/internal/failures.h"

namespace writ::directory {

Result<MfaOwner> find_mfa_owner(const AccountView& account, const KeyOwner& owner) {
    if (!owner.user_name) return MfaOwner{.id = account.account_id, .label = account.account_id};
    auto user = user_by_name(account, *owner.user_name);
    if (!user) return std::unexpected(std::move(user.error()));
    return MfaOwner{.id = std::move(user->user_id), .label = std::move(user->name)};
}

Result<store::MfaDevice> mfa_device_by_serial(const AccountView& account, std::string_view serial_number) {
    auto found = account.records.find<store::MfaDevice>(store::MfaDevice::by_serial,
                                                        {account.account_id, serial_number});
    if (!found) return std::unexpected(to_error(found.error()));
    if (std::optional<store::MfaDevice>& device = *found; device.has_value()) return std::move(*device);
    return fail("NoSuchEntity", 404,
                "VirtualMFADevice with serial number " + std::string(serial_number) + " doesn't exist.");
}

Result<store::MfaDevice> mfa_device_of(const AccountView& account, const MfaOwner& owner,
                                       std::string_view serial_number) {
    auto device = mfa_device_by_serial(account, serial_number);
    if (device && device->owner_id == owner.id) return device;
    if (!device && device.error().http_status >= 500) return device;
    return fail("NoSuchEntity", 404, "MFA Device invalid for user.");
}

Result<std::vector<store::MfaDevice>> mfa_devices_of(const AccountView& account, std::string_view owner_id) {
    return result_of(account.records.list<store::MfaDevice>(store::MfaDevice::by_owner,
                                                            {.equal = {account.account_id, owner_id}}));
}

}  // namespace writ::directory
