#include "directory/accounts/accounts.h"
#include "directory/credentials/mfa_devices.h"
#include "directory/internal/credentials/mfa_records.h"
#include "directory/internal/failures.h"
#include "directory/internal/paging.h"
#include "directory/internal/principals/user_answers.h"
#include "directory/internal/tagging.h"

namespace writ::directory {
namespace {

/// Spec B16: root is shown without name and path.
Result<User> root_user(const AccountView& account) {
    const auto found = account.records.find<store::Account>(store::Account::by_id, {account.account_id});
    if (!found) return std::unexpected(to_error(found.error()));
    User root{.user_id = account.account_id,
              .name = {},
              .path = {},
              .arn = root_arn(account.environment.partition, account.account_id),
              .boundary_arn = {},
              .tags = {}};
    if (const std::optional<store::Account>& row = *found; row.has_value()) root.created_at = row->created_at;
    return root;
}

Result<std::optional<User>> assigned_user(const AccountView& account, const store::MfaDevice& device) {
    if (device.owner_id.empty()) return std::nullopt;
    if (device.owner_id == account.account_id) {
        auto root = root_user(account);
        if (!root) return std::unexpected(std::move(root.error()));
        return std::move(*root);
    }
    const auto found =
        account.records.find<store::User>(store::User::by_id, {account.account_id, device.owner_id});
    if (!found) return std::unexpected(to_error(found.error()));
    const std::optional<store::User>& user = *found;
    if (!user.has_value()) return std::nullopt;
    return listed_user(account, *user);
}

MfaDevice answer_of(const MfaOwner& owner, const store::MfaDevice& device) {
    return {.serial_number = device.serial_number,
            .user_name = owner.label,
            .enabled_at = device.enabled_at.value_or(device.created_at)};
}

}  // namespace

Result<Page<VirtualMfaDevice>> list_virtual_mfa_devices(const AccountView& account,
                                                        std::optional<bool> assigned,
                                                        const PageRequest& page) {
    const auto records =
        account.records.list<store::MfaDevice>(store::MfaDevice::by_serial, {.equal = {account.account_id}});
    if (!records) return std::unexpected(to_error(records.error()));
    std::vector<store::MfaDevice> chosen;
    for (const store::MfaDevice& record : *records) {
        if (!assigned || *assigned == !record.owner_id.empty()) chosen.push_back(record);
    }
    const Listing listing{.operation = "ListVirtualMFADevices",
                          .filter = assigned ? (*assigned ? "assigned" : "unassigned") : "any"};
    auto found = page_of(account, listing, page, std::move(chosen),
                         [](const store::MfaDevice& record) { return record.serial_number; });
    if (!found) return std::unexpected(std::move(found.error()));
    Page<VirtualMfaDevice> answer{.items = {}, .marker = std::move(found->marker)};
    for (const store::MfaDevice& record : found->items) {
        auto user = assigned_user(account, record);
        if (!user) return std::unexpected(std::move(user.error()));
        answer.items.push_back({.serial_number = record.serial_number,
                                .user = std::move(*user),
                                .enabled_at = record.enabled_at});
    }
    return answer;
}

Result<Page<MfaDevice>> list_mfa_devices(const AccountView& account, const KeyOwner& owner,
                                         const PageRequest& page) {
    const auto user = find_mfa_owner(account, owner);
    if (!user) return std::unexpected(user.error());
    const auto records = mfa_devices_of(account, user->id);
    if (!records) return std::unexpected(records.error());
    std::vector<MfaDevice> devices;
    for (const store::MfaDevice& record : *records) devices.push_back(answer_of(*user, record));
    return page_of(account, {.operation = "ListMFADevices", .filter = user->id}, page, std::move(devices),
                   [](const MfaDevice& device) { return device.serial_number; });
}

Result<MfaDevice> get_mfa_device(const AccountView& account, const KeyOwner& owner,
                                 std::string_view serial_number) {
    const auto user = find_mfa_owner(account, owner);
    if (!user) return std::unexpected(user.error());
    const auto device = mfa_device_of(account, *user, serial_number);
    if (!device) return std::unexpected(device.error());
    return answer_of(*user, *device);
}

Result<Target> find_mfa_target(const AccountView& account, std::string_view serial_number) {
    const auto found = account.records.find<store::MfaDevice>(store::MfaDevice::by_serial,
                                                              {account.account_id, serial_number});
    if (!found) return std::unexpected(to_error(found.error()));
    Target target{.arn = std::string(serial_number),
                  .exists = found->has_value(),
                  .id = {},
                  .tags = {},
                  .boundary_arn = {}};
    if (!target.exists) return target;
    target.id = target.arn;
    auto tags = read_tags(account, target.id);
    if (!tags) return std::unexpected(std::move(tags.error()));
    target.tags = std::move(*tags);
    return target;
}

}  // namespace writ::directory
