#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/credentials/access_keys.h"
#include "directory/directory.h"
#include "directory/policies/attachments.h"
#include "directory/tags.h"

/// Authorizing comes before looking whether something exists (spec B7), so a call's target has an ARN in any
/// case: that of the entity with its path, or, when there is none, the one that the name would have.
namespace writ::directory {

struct Target {
    std::string arn;
    bool exists = false;
    std::string id;                           ///< Empty when it does not exist.
    std::vector<Tag> tags;                    ///< For aws:ResourceTag and iam:ResourceTag.
    std::optional<std::string> boundary_arn;  ///< For iam:PermissionsBoundary.
};

[[nodiscard]] Result<Target> find_target(const AccountView& account, const PolicyOwner& owner);
/// The user, group or role that an ARN speaks of; views into `arn`. InvalidInput for any other text.
[[nodiscard]] Result<PolicyOwner> owner_of_arn(std::string_view arn);
/// The same, with what the store knows of it: it exists only under that very ARN.
[[nodiscard]] Result<Target> find_owner_target(const AccountView& account, std::string_view arn);
/// A managed policy by ARN.
[[nodiscard]] Result<Target> find_policy_target(const AccountView& account, std::string_view arn);
/// By name.
[[nodiscard]] Result<Target> find_server_certificate_target(const AccountView& account,
                                                            std::string_view name);
/// By ARN.
[[nodiscard]] Result<Target> find_oidc_provider_target(const AccountView& account, std::string_view arn);
[[nodiscard]] Result<Target> find_saml_provider_target(const AccountView& account, std::string_view arn);
/// The user that owns the key (root: the account's root ARN); nothing when there is no such key in the
/// account.
[[nodiscard]] Result<std::optional<Target>> find_key_owner(const AccountView& account,
                                                           std::string_view access_key_id);

/// "arn:aws:iam::A:user/path/name" for `type` "user".
[[nodiscard]] std::string entity_arn(std::string_view partition, std::string_view account_id,
                                     std::string_view type, std::string_view path, std::string_view name);

}  // namespace writ::directory
