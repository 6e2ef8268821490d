#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "directory/directory.h"
#include "directory/policies/attachments.h"
#include "store/records.h"

/// Entities by the names that callers give. Names match without case (spec B2).
namespace writ::directory {

/// NoSuchEntity 404 with the text of spec 8.3: "The user with name X cannot be found."
[[nodiscard]] Error no_such_entity(OwnerKind kind, std::string_view name);
/// EntityAlreadyExists 409: "User with name X already exists."
[[nodiscard]] Error entity_already_exists(OwnerKind kind, std::string_view name);
/// DeleteConflict 409: "Cannot delete entity, must " and then `first`, for example "detach all policies
/// first."
[[nodiscard]] Error delete_conflict(std::string_view first);

/// Nothing when there is none.
[[nodiscard]] Result<std::optional<store::User>> find_user_record(const AccountView& account,
                                                                  std::string_view name);
[[nodiscard]] Result<std::optional<store::Group>> find_group_record(const AccountView& account,
                                                                    std::string_view name);
[[nodiscard]] Result<std::optional<store::Role>> find_role_record(const AccountView& account,
                                                                  std::string_view name);
[[nodiscard]] Result<std::optional<store::InstanceProfile>> find_instance_profile_record(
    const AccountView& account, std::string_view name);
/// A customer managed policy of the account: the name of the ARN without case, everything else exactly.
/// Nothing for ARNs of AWS managed policies and of other accounts. ValidationError when it is no ARN.
[[nodiscard]] Result<std::optional<store::Policy>> find_policy_record(const AccountView& account,
                                                                      std::string_view arn);

/// NoSuchEntity when there is none.
[[nodiscard]] Result<store::User> user_by_name(const AccountView& account, std::string_view name);
[[nodiscard]] Result<store::Group> group_by_name(const AccountView& account, std::string_view name);
[[nodiscard]] Result<store::Role> role_by_name(const AccountView& account, std::string_view name);
/// "Instance Profile X cannot be found." when there is none.
[[nodiscard]] Result<store::InstanceProfile> instance_profile_by_name(const AccountView& account,
                                                                      std::string_view name);
/// "Policy ARN was not found." (with the ARN in it) when there is none.
[[nodiscard]] Result<store::Policy> policy_by_arn(const AccountView& account, std::string_view arn);

/// What users, groups and roles have in common.
struct OwnerRecord {
    store::EntityKind kind = store::EntityKind::user;
    std::string id;
    std::string name;
    std::string name_folded;
    std::string path;
};
[[nodiscard]] Result<std::optional<OwnerRecord>> find_owner(const AccountView& account,
                                                            const PolicyOwner& owner);
/// NoSuchEntity when there is none.
[[nodiscard]] Result<OwnerRecord> owner(const AccountView& account, const PolicyOwner& owner);

/// ARN of the permissions boundary of a user or role, by id; nothing when none is set.
[[nodiscard]] Result<std::optional<std::string>> boundary_of(const AccountView& account,
                                                             std::string_view principal_id);

[[nodiscard]] OwnerRecord owner_of(const store::User& user);
[[nodiscard]] OwnerRecord owner_of(const store::Group& group);
[[nodiscard]] OwnerRecord owner_of(const store::Role& role);

}  // namespace writ::directory
