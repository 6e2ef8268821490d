#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/tags.h"
#include "store/change.h"

/// What deciding needs to know, made to fill caches: a few indexed statements a principal. All calls on one
/// Reader see one moment. A value read at revision R holds until the feed names one of its entities: the
/// principal itself, one of its groups, one of its policies, or of a user the account.
namespace writ::directory {

/// A managed policy that is in force. AWS managed policies have no id and no version.
struct ManagedPolicyInForce {
    std::string arn;
    std::string name;
    std::string policy_id;     ///< ANPA…; empty for an AWS managed policy.
    std::int64_t version = 0;  ///< Default version. (policy_id, version) never changes its document.
    std::string attached_to;   ///< Group name; empty: the principal itself.
};

struct InlinePolicyInForce {
    std::string name;
    std::string document;
    std::string attached_to;  ///< Group name; empty: the principal itself.
};

/// A user or a role with everything that is in force for it, or a group with its own policies.
struct PrincipalRecord {
    store::EntityKind kind = store::EntityKind::user;
    std::string account_id;
    std::string id;
    std::string name;
    std::string path;
    std::string arn;
    std::vector<Tag> tags;
    std::vector<std::string> group_ids;
    std::vector<InlinePolicyInForce> inline_policies;
    std::vector<ManagedPolicyInForce> managed_policies;
    std::optional<ManagedPolicyInForce> boundary;
    /// Users only: the password policy of the account lets them change their own password (spec E11).
    bool may_change_password = false;
    /// Roles only.
    std::string trust_document;  ///< With unique ids in place of ARNs, the form to be evaluated (spec P3).
    std::int64_t max_session_s = 0;
};

/// Nothing when there is no such user or role (any more).
[[nodiscard]] Result<std::optional<PrincipalRecord>> read_user(store::Reader& records,
                                                               const Environment& environment,
                                                               std::string_view account_id,
                                                               std::string_view user_id);
[[nodiscard]] Result<std::optional<PrincipalRecord>> read_role(store::Reader& records,
                                                               const Environment& environment,
                                                               std::string_view account_id,
                                                               std::string_view role_id);
/// By name, with its case: questions of programs name somebody so.
[[nodiscard]] Result<std::optional<PrincipalRecord>> read_user_by_name(store::Reader& records,
                                                                       const Environment& environment,
                                                                       std::string_view account_id,
                                                                       std::string_view name);
[[nodiscard]] Result<std::optional<PrincipalRecord>> read_role_by_name(store::Reader& records,
                                                                       const Environment& environment,
                                                                       std::string_view account_id,
                                                                       std::string_view name);
/// A group is no principal (spec P2); the simulator asks about its policies all the same.
[[nodiscard]] Result<std::optional<PrincipalRecord>> read_group(store::Reader& records,
                                                                const Environment& environment,
                                                                std::string_view account_id,
                                                                std::string_view group_id);
/// The role that a caller named by ARN; nothing also when the path differs.
[[nodiscard]] Result<std::optional<PrincipalRecord>> read_role_by_arn(store::Reader& records,
                                                                      const Environment& environment,
                                                                      std::string_view role_arn);
/// A managed policy by ARN as it would be in force, for session policies: nothing when there is none.
[[nodiscard]] Result<std::optional<ManagedPolicyInForce>> read_managed_policy(store::Reader& records,
                                                                              const Environment& environment,
                                                                              std::string_view account_id,
                                                                              std::string_view arn);
/// The document of a managed policy in force: as stored, or as AWS publishes it, with the ARNs of the
/// environment's partition. Nothing when it is missing.
[[nodiscard]] Result<std::optional<std::string>> read_document(store::Reader& records,
                                                               const Environment& environment,
                                                               std::string_view account_id,
                                                               const ManagedPolicyInForce& policy);

/// A long-term access key and whose it is.
struct Credential {
    std::string access_key_id;
    std::string account_id;
    bool root = false;
    std::string user_id;  ///< Empty for root.
    bool active = true;
    Secret secret;
};

/// By access key id alone. Nothing when there is no such key; opening the seal costs one decryption.
[[nodiscard]] Result<std::optional<Credential>> read_credential(store::Reader& records,
                                                                const Environment& environment,
                                                                std::string_view access_key_id);

}  // namespace writ::directory
