#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/attachments.h"
#include "directory/directory.h"
#include "directory/groups.h"
#include "directory/instance_profiles.h"
#include "directory/pages.h"
#include "directory/policies.h"
#include "directory/roles.h"
#include "directory/users.h"

/// Everything in an account that permissions are made of, in one listing (spec B20).
namespace writ::directory {

struct InlineDocument {
    std::string name;
    std::string document;  ///< Plain JSON.
};

/// What a user, group or role carries.
struct CarriedPolicies {
    std::vector<InlineDocument> inline_policies;
    std::vector<AttachedPolicy> attached;
};

struct UserDetail {
    User user;
    CarriedPolicies policies;
    std::vector<std::string> group_names;
};

struct GroupDetail {
    Group group;
    CarriedPolicies policies;
};

struct RoleDetail {
    Role role;  ///< With its last use.
    CarriedPolicies policies;
    std::vector<InstanceProfile> profiles;
};

struct PolicyDetail {
    Policy policy;
    std::vector<PolicyVersion> versions;  ///< Newest first, with documents. Of AWS: the current one.
};

/// What is listed.
struct DetailFilter {
    bool users = true;
    bool roles = true;
    bool groups = true;
    bool local_policies = true;
    bool aws_policies = true;  ///< Those in use.
    bool operator==(const DetailFilter&) const = default;
};

struct AccountDetails {
    std::vector<UserDetail> users;
    std::vector<RoleDetail> roles;
    std::vector<GroupDetail> groups;
    std::vector<PolicyDetail> policies;
    std::optional<std::string> marker;  ///< Only when more follows.
};

/// One page of users, roles, groups and policies, in this order, which share `page.items_max`. Each kind goes
/// by name, AWS managed policies by ARN. Cost: linear in the page and what its entities carry.
[[nodiscard]] Result<AccountDetails> get_account_details(const AccountView& account,
                                                         const DetailFilter& filter, const PageRequest& page);

}  // namespace writ::directory
