#pragma once

#include "api/output.h"
#include "directory/credentials/access_keys.h"
#include "directory/policies/attachments.h"
#include "directory/policies/policies.h"
#include "directory/principals/groups.h"
#include "directory/principals/instance_profiles.h"
#include "directory/principals/roles.h"
#include "directory/principals/users.h"
#include "directory/tags.h"

/// The structures that several answers of IAM share.
namespace writ::api::iam {

[[nodiscard]] Output user_shape(const directory::User& user);
[[nodiscard]] Output group_shape(const directory::Group& group);
/// With MaxSessionDuration, without RoleLastUsed (spec B5).
[[nodiscard]] Output role_shape(const directory::Role& role);
/// As CreateRole answers: without MaxSessionDuration.
[[nodiscard]] Output new_role_shape(const directory::Role& role);
/// As GetRole answers: with RoleLastUsed, empty when the role was never used.
[[nodiscard]] Output role_with_use_shape(const directory::Role& role);
/// Empty when the role was never used.
[[nodiscard]] Output role_last_used_shape(const std::optional<directory::RoleLastUsed>& last_used);
[[nodiscard]] Output policy_shape(const directory::Policy& policy);
/// With the document, where there is one.
[[nodiscard]] Output policy_version_shape(const directory::PolicyVersion& version);
[[nodiscard]] Output attached_policy_shape(const directory::AttachedPolicy& policy);
[[nodiscard]] Output instance_profile_shape(const directory::InstanceProfile& profile);
[[nodiscard]] Output access_key_shape(const directory::AccessKey& key);

/// ServiceName: what the reference calls the service of that namespace, else the namespace.
[[nodiscard]] std::string_view title_of_service(std::string_view service);

}  // namespace writ::api::iam
