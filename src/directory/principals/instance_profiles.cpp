#include "directory/principals/instance_profiles.h"

#include <utility>

#include "directory/internal/arns.h"
#include "directory/internal/counters.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/new_ids.h"
#include "directory/internal/paging.h"
#include "directory/internal/principals/protected_roles.h"
#include "directory/internal/principals/role_answers.h"
#include "directory/internal/tagging.h"
#include "store/records.h"

namespace writ::directory {
namespace {

Result<std::optional<Role>> role_in(const AccountView& account, const store::InstanceProfile& record) {
    if (record.role_id.empty()) return std::nullopt;
    const auto found =
        account.records.find<store::Role>(store::Role::by_id, {account.account_id, record.role_id});
    if (!found) return std::unexpected(to_error(found.error()));
    if (!*found) return std::nullopt;
    auto role = listed_role(account, **found);
    if (!role) return std::unexpected(std::move(role.error()));
    return std::move(*role);
}

Result<InstanceProfile> listed_profile(const AccountView& account, const store::InstanceProfile& record) {
    auto role = role_in(account, record);
    if (!role) return std::unexpected(std::move(role.error()));
    return InstanceProfile{.profile_id = record.profile_id,
                           .name = record.name,
                           .path = record.path,
                           .arn = arn_of(account, record),
                           .created_at = record.created_at,
                           .role = std::move(*role),
                           .tags = {}};
}

Result<InstanceProfile> whole_profile(const AccountView& account, const store::InstanceProfile& record) {
    auto profile = listed_profile(account, record);
    if (!profile) return profile;
    auto tags = read_tags(account, record.profile_id);
    if (!tags) return std::unexpected(std::move(tags.error()));
    profile->tags = std::move(*tags);
    return profile;
}

Result<store::InstanceProfile> insert_profile(AccountEdit& account, const NewInstanceProfile& profile) {
    auto id = new_id(account, crypto::IdKind::instance_profile);
    if (!id) return std::unexpected(std::move(id.error()));
    store::InstanceProfile record{.account_id = account.account_id,
                                  .profile_id = std::move(*id),
                                  .name = profile.name,
                                  .name_folded = fold(profile.name),
                                  .path = profile.path,
                                  .role_id = {},
                                  .created_at = account.environment.clock.now()};
    const auto outcome = account.writes.insert(record);
    // Both unique orders hold the name; either may notice first that it is taken.
    const bool by_role = !outcome && outcome.error().constraint == store::InstanceProfile::by_role.name;
    auto inserted =
        unless_taken(outcome, by_role ? store::InstanceProfile::by_role : store::InstanceProfile::by_name,
                     {"EntityAlreadyExists", 409, "Instance Profile " + profile.name + " already exists."});
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    return record;
}

/// A role by name that may be put into profiles and taken out.
Result<store::Role> passable_role(const AccountView& account, std::string_view name) {
    auto role = role_by_name(account, name);
    if (!role) return role;
    if (auto modifiable = check_modifiable(owner_of(*role)); !modifiable) {
        return std::unexpected(std::move(modifiable.error()));
    }
    return role;
}

auto profiles_of(const AccountView& account, std::vector<store::Bind> equal, const store::Index& index,
                 std::string_view path_prefix) {
    return IndexedList<store::InstanceProfile, InstanceProfile>{
        .index = index,
        .equal = std::move(equal),
        .order = &store::InstanceProfile::name_folded,
        .keep = in_path(path_prefix),
        .convert = [&account](const store::InstanceProfile& record) {
            return listed_profile(account, record);
        }};
}

}  // namespace

Result<InstanceProfile> create_instance_profile(AccountEdit& account, const NewInstanceProfile& profile) {
    if (auto valid = check_path(profile.path); !valid) return std::unexpected(std::move(valid.error()));
    const auto record = insert_profile(account, profile);
    if (!record) return std::unexpected(record.error());
    auto counted = count_one_more(account, counter::instance_profiles, Quota::instance_profiles_per_account);
    if (!counted) return std::unexpected(std::move(counted.error()));
    auto tagged =
        put_tags(account, {.kind = TaggedKind::instance_profile, .id = record->profile_id}, profile.tags);
    if (!tagged) return std::unexpected(std::move(tagged.error()));
    return whole_profile(account, *record);
}

Result<InstanceProfile> get_instance_profile(const AccountView& account, std::string_view name) {
    const auto record = instance_profile_by_name(account, name);
    if (!record) return std::unexpected(record.error());
    return whole_profile(account, *record);
}

Result<Page<InstanceProfile>> list_instance_profiles(const AccountView& account, std::string_view path_prefix,
                                                     const PageRequest& page) {
    return page_of(account, {.operation = "ListInstanceProfiles", .filter = std::string(path_prefix)}, page,
                   profiles_of(account, {account.account_id}, store::InstanceProfile::by_name, path_prefix));
}

Result<Page<InstanceProfile>> list_instance_profiles_for_role(const AccountView& account,
                                                              std::string_view role_name,
                                                              const PageRequest& page) {
    const auto role = role_by_name(account, role_name);
    if (!role) return std::unexpected(role.error());
    return page_of(
        account, {.operation = "ListInstanceProfilesForRole", .filter = role->role_id}, page,
        profiles_of(account, {account.account_id, role->role_id}, store::InstanceProfile::by_role, "/"));
}

Result<void> delete_instance_profile(AccountEdit& account, std::string_view name) {
    const auto record = instance_profile_by_name(account, name);
    if (!record) return std::unexpected(record.error());
    if (!record->role_id.empty()) {
        return std::unexpected(delete_conflict("remove roles from instance profile first."));
    }
    if (auto erased = erase_tags(account, record->profile_id); !erased) return erased;
    if (auto erased = result_of(account.writes.erase(*record)); !erased) return erased;
    return count_one_less(account, counter::instance_profiles);
}

Result<void> add_role_to_instance_profile(AccountEdit& account, std::string_view name,
                                          std::string_view role_name) {
    auto record = instance_profile_by_name(account, name);
    if (!record) return std::unexpected(std::move(record.error()));
    const auto role = passable_role(account, role_name);
    if (!role) return std::unexpected(role.error());
    if (!record->role_id.empty()) {  // Spec 8.2: a fixed limit, no quota that grows.
        return fail("LimitExceeded", 409, "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
    }
    record->role_id = role->role_id;
    return result_of(account.writes.update(*record));
}

Result<void> remove_role_from_instance_profile(AccountEdit& account, std::string_view name,
                                               std::string_view role_name) {
    auto record = instance_profile_by_name(account, name);
    if (!record) return std::unexpected(std::move(record.error()));
    const auto role = passable_role(account, role_name);
    if (!role) return std::unexpected(role.error());
    if (record->role_id != role->role_id) {
        return fail("NoSuchEntity", 404,  // [I]
                    "The role " + role->name + " is not in the instance profile " + record->name + ".");
    }
    record->role_id.clear();
    return result_of(account.writes.update(*record));
}

Result<Target> find_instance_profile_target(const AccountView& account, std::string_view name) {
    const auto found = find_instance_profile_record(account, name);
    if (!found) return std::unexpected(found.error());
    Target target;
    if (!*found) {
        target.arn =
            entity_arn(account.environment.partition, account.account_id, "instance-profile", "/", name);
        return target;
    }
    auto tags = read_tags(account, (*found)->profile_id);
    if (!tags) return std::unexpected(std::move(tags.error()));
    return Target{.arn = arn_of(account, **found),
                  .exists = true,
                  .id = (*found)->profile_id,
                  .tags = std::move(*tags),
                  .boundary_arn = {}};
}

}  // namespace writ::directory
