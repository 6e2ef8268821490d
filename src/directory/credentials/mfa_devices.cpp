#include "directory/credentials/mfa_devices.h"

#include "base/text.h"
#include "crypto/one_time_code.h"
#include "directory/accounts/account_aliases.h"
#include "directory/internal/credentials/access_key_records.h"
#include "directory/internal/credentials/mfa_codes.h"
#include "directory/internal/credentials/mfa_records.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/tagging.h"

namespace writ::directory {
namespace {

constexpr std::size_t serial_characters_max = 256;  // Of every parameter that takes one.

Result<crypto::OneTimeCodes> codes_of(const AccountView& account, const store::MfaDevice& device) {
    const std::string_view sealed(reinterpret_cast<const char*>(device.sealed_seed.data()),
                                  device.sealed_seed.size());
    const auto seed = account.environment.sealing.open_secret(sealed, device.serial_number);
    if (!seed) return std::unexpected(seed.error());
    return crypto::OneTimeCodes::of(*seed);
}

/// Spec 8.2: as many devices as users.
Result<void> check_account_quota(const AccountView& account) {
    const auto used =
        account.records.count<store::MfaDevice>(store::MfaDevice::by_serial, {.equal = {account.account_id}});
    if (!used) return std::unexpected(to_error(used.error()));
    return within(account.environment.quotas, Quota::users_per_account, static_cast<std::int64_t>(*used) + 1);
}

Result<void> check_owner_quota(const AccountView& account, const MfaOwner& owner) {
    const auto devices = mfa_devices_of(account, owner.id);
    if (!devices) return std::unexpected(devices.error());
    return within(account.environment.quotas, Quota::mfa_devices_per_user,
                  static_cast<std::int64_t>(devices->size()) + 1);
}

Result<std::string> account_label(const AccountView& account) {
    auto alias = account_alias(account);
    if (!alias) return std::unexpected(std::move(alias.error()));
    return std::move(*alias).value_or(account.account_id);
}

Result<void> check_unassigned(const store::MfaDevice& device, const MfaOwner& owner) {
    if (device.owner_id.empty()) return {};
    if (device.owner_id != owner.id) {
        return fail("EntityAlreadyExists", 409, "MFA Device is already in use.");
    }
    return fail("EntityAlreadyExists", 409, "MFA Device for user " + owner.label + " already exists.");
}

/// Counts the try and, when the pair is right, adjusts `device`. The record is written in both cases.
Result<void> try_pair(AccountEdit& account, store::MfaDevice device, const CodePair& pair,
                      void (*on_success)(store::MfaDevice&, const MfaOwner&, Instant),
                      const MfaOwner& owner) {
    const Instant now = account.environment.clock.now();
    const auto codes = codes_of(account, device);
    if (!codes) return std::unexpected(codes.error());
    const bool accepted = spend_try(device, now) && accept_pair(device, *codes, pair.first, pair.second, now);
    if (accepted) on_success(device, owner, now);
    if (auto updated = account.writes.update(device); !updated) {
        return std::unexpected(to_error(updated.error()));
    }
    if (accepted) return {};
    return fail("InvalidAuthenticationCode", 403, "Authentication code for device is not valid.");
}

}  // namespace

Result<CreatedMfaDevice> create_mfa_device(AccountEdit& account, const NewMfaDevice& device) {
    if (auto valid = check_path(device.path); !valid) return std::unexpected(std::move(valid.error()));
    std::string serial =
        entity_arn(account.environment.partition, account.account_id, "mfa", device.path, device.name);
    if (serial.size() > serial_characters_max) {
        return fail("ValidationError", 400, "The path and name of the MFA device are too long.");
    }
    if (auto fits = check_account_quota(account); !fits) return std::unexpected(std::move(fits.error()));
    auto label = account_label(account);
    if (!label) return std::unexpected(std::move(label.error()));
    Secret seed = crypto::make_one_time_seed(account.environment.random);
    const store::MfaDevice record{.account_id = account.account_id,
                                  .serial_number = serial,
                                  .owner_id = {},
                                  .sealed_seed = seal_secret(account.environment, seed, serial),
                                  .created_at = account.environment.clock.now(),
                                  .enabled_at = std::nullopt};
    auto inserted = unless_taken(account.writes.insert(record), store::MfaDevice::by_serial,
                                 {"EntityAlreadyExists", 409, "MFA device already exists."});
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    auto put = put_tags(account, {.kind = TaggedKind::mfa_device, .id = serial}, device.tags);
    if (!put) return std::unexpected(std::move(put.error()));
    return CreatedMfaDevice{.serial_number = std::move(serial),
                            .seed = std::move(seed),
                            .account_label = std::move(*label),
                            .tags = device.tags};
}

Result<void> enable_mfa_device(AccountEdit& account, const KeyOwner& owner, std::string_view serial_number,
                               const CodePair& codes) {
    const auto user = find_mfa_owner(account, owner);
    if (!user) return std::unexpected(user.error());
    auto device = mfa_device_by_serial(account, serial_number);
    if (!device) return std::unexpected(std::move(device.error()));
    if (auto free = check_unassigned(*device, *user); !free) return free;
    if (auto fits = check_owner_quota(account, *user); !fits) return fits;
    const auto assign = [](store::MfaDevice& to, const MfaOwner& whose, Instant now) {
        to.owner_id = whose.id;
        to.enabled_at = now;
    };
    return try_pair(account, std::move(*device), codes, assign, *user);
}

Result<void> resync_mfa_device(AccountEdit& account, const KeyOwner& owner, std::string_view serial_number,
                               const CodePair& codes) {
    const auto user = find_mfa_owner(account, owner);
    if (!user) return std::unexpected(user.error());
    auto device = mfa_device_of(account, *user, serial_number);
    if (!device) return std::unexpected(std::move(device.error()));
    const auto nothing_more = [](store::MfaDevice&, const MfaOwner&, Instant) {};
    return try_pair(account, std::move(*device), codes, nothing_more, *user);
}

Result<void> deactivate_mfa_device(AccountEdit& account, const KeyOwner& owner,
                                   std::string_view serial_number) {
    const auto user = find_mfa_owner(account, owner);
    if (!user) return std::unexpected(user.error());
    auto device = mfa_device_of(account, *user, serial_number);
    if (!device) return std::unexpected(std::move(device.error()));
    device->owner_id.clear();
    device->enabled_at.reset();
    return result_of(account.writes.update(*device));
}

Result<void> delete_mfa_device(AccountEdit& account, std::string_view serial_number) {
    const auto device = mfa_device_by_serial(account, serial_number);
    if (!device) return std::unexpected(device.error());
    if (!device->owner_id.empty()) {
        return fail("DeleteConflict", 409, "MFA VirtualDevice in use. Must deactivate first.");
    }
    if (auto erased = erase_tags(account, device->serial_number); !erased) return erased;
    return result_of(account.writes.erase(*device));
}

Result<bool> has_mfa_device(const AccountView& account, const KeyOwner& owner) {
    const auto user = find_mfa_owner(account, owner);
    if (!user) return std::unexpected(user.error());
    const auto devices = mfa_devices_of(account, user->id);
    if (!devices) return std::unexpected(devices.error());
    return !devices->empty();
}

Result<CodeUse> use_one_time_code(AccountEdit& account, std::string_view owner_id,
                                  std::string_view serial_number, std::string_view code) {
    auto device = mfa_device_by_serial(account, serial_number);
    if (!device && device.error().http_status >= 500) return std::unexpected(std::move(device.error()));
    if (!device || device->owner_id != owner_id) return CodeUse::not_usable;
    const Instant now = account.environment.clock.now();
    if (!spend_try(*device, now)) return CodeUse::not_usable;
    const auto codes = codes_of(account, *device);
    if (!codes) return std::unexpected(codes.error());
    const bool accepted = accept_code(*device, *codes, code, now);
    if (auto updated = account.writes.update(*device); !updated) {
        return std::unexpected(to_error(updated.error()));
    }
    return accepted ? CodeUse::accepted : CodeUse::wrong_code;
}

}  // namespace writ::directory
