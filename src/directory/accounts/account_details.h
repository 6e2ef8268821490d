#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/policies/attachments.h"
#include "directory/policies/policies.h"
#include "directory/principals/groups.h"
#include "directory/principals/instance_profiles.h"
#include "directory/principals/roles.h"
#include "directory/principals/users.h"

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

/// What is known of a resource behind a gateway (guarded_resources.h).
struct ResourceDetail {
    std::string arn;
    std::optional<std::string> policy;  ///< Empty: it has one that is not known.
    std::vector<Tag> tags;
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
    std::vector<ResourceDetail> resources{};  ///< By ARN. These two: see add_resource_details.
    std::vector<std::string> buckets{};       ///< Names of those that belong to the account.
    std::optional<std::string> marker;        ///< Only when more follows.
};

/// One page of users, roles, groups and policies, in this order, which share `page.items_max`. Each kind goes
/// by name, AWS managed policies by ARN. Cost: linear in the page and what its entities carry.
[[nodiscard]] Result<AccountDetails> get_account_details(const AccountView& account,
                                                         const DetailFilter& filter, const PageRequest& page);

/// What Writ knows of resources of other services, which AWS's listing does not hold. Cost: linear in them.
[[nodiscard]] Result<void> add_resource_details(const AccountView& account, AccountDetails& details);
/// Puts it into an account of which nothing of that kind is known.
[[nodiscard]] Result<void> import_resource_details(AccountEdit& account, const AccountDetails& details);

}  // namespace writ::directory
