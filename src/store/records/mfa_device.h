#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// A virtual MFA device. No decision depends on it: what a session says about MFA is in its token. Steps
/// count 30 seconds since 1970 by the clock of the device.
struct MfaDevice {
    std::string account_id;
    std::string serial_number;  ///< Its ARN.
    std::string owner_id;       ///< User id, the account for root; empty: assigned to nobody.
    Bytes sealed_seed;          ///< Opens with the key ring only, for this serial number only.
    Instant created_at{};
    std::optional<Instant> enabled_at;  ///< Since when its owner has it.
    std::int64_t drift_steps = 0;       ///< Steps that the device is ahead of our clock.
    std::int64_t pair_step = 0;         ///< Of the second code of the last accepted pair.
    std::int64_t used_step = 0;         ///< Newest step whose code has issued a session.
    std::int64_t used_before = 0;       ///< Bit n: so has that of the step `used_step` - 1 - n.
    std::int64_t tries_window = 0;      ///< The 3 minutes since 1970 that `tries` counts.
    std::int64_t tries = 0;

    static constexpr std::string_view table = "mfa_devices";
    static constexpr Index by_serial{"mfa_devices_by_serial", true, {"account_id", "serial_number"}};
    static constexpr Index by_owner{
        "mfa_devices_by_owner", false, {"account_id", "owner_id", "serial_number"}};
    static constexpr auto indexes() { return std::array{&by_serial, &by_owner}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &MfaDevice::account_id},
                       Column{"serial_number", &MfaDevice::serial_number},
                       Column{"owner_id", &MfaDevice::owner_id},
                       Column{"sealed_seed", &MfaDevice::sealed_seed},
                       Column{"created_at", &MfaDevice::created_at},
                       Column{"enabled_at", &MfaDevice::enabled_at},
                       Column{"drift_steps", &MfaDevice::drift_steps},
                       Column{"pair_step", &MfaDevice::pair_step},
                       Column{"used_step", &MfaDevice::used_step},
                       Column{"used_before", &MfaDevice::used_before},
                       Column{"tries_window", &MfaDevice::tries_window},
                       Column{"tries", &MfaDevice::tries}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
