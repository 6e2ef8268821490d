#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/tags.h"

namespace writ::directory {

/// A managed policy, of a customer or of AWS.
struct Policy {
    std::string policy_id;  ///< ANPA…; for AWS managed policies made from the ARN, always the same.
    std::string name;
    std::string path;
    std::string arn;
    std::string default_version_id;  ///< "v1".
    std::string description;         ///< Not in lists. Empty: none.
    std::int64_t attachment_count = 0;
    std::int64_t boundary_usage_count = 0;
    bool attachable = true;
    Instant created_at{};
    Instant updated_at{};
    std::vector<Tag> tags;  ///< Not in lists.
};

struct NewPolicy {
    std::string name{};
    std::string path = "/";
    std::string document{};
    std::string description{};
    std::vector<Tag> tags{};
};

struct PolicyVersion {
    std::string version_id;  ///< "v3".
    bool is_default = false;
    std::string document;  ///< Plain JSON. Not in lists.
    Instant created_at{};
};

enum class PolicyScope : std::uint8_t { all, aws, local };

struct PolicyFilter {
    PolicyScope scope = PolicyScope::all;
    bool only_attached = false;
    std::string path_prefix = "/";
    /// Effective only with `only_attached` (spec 8.4). True: as boundary; false: as permissions policy.
    std::optional<bool> used_as_boundary{};
};

[[nodiscard]] Result<Policy> create_policy(AccountEdit& account, const NewPolicy& policy);
[[nodiscard]] Result<Policy> get_policy(const AccountView& account, std::string_view arn);
/// DeleteConflict while attached, used as boundary, or while it has other versions.
[[nodiscard]] Result<void> delete_policy(AccountEdit& account, std::string_view arn);
[[nodiscard]] Result<Page<Policy>> list_policies(const AccountView& account, const PolicyFilter& filter,
                                                 const PageRequest& page);

[[nodiscard]] Result<PolicyVersion> create_policy_version(AccountEdit& account, std::string_view arn,
                                                          std::string_view document, bool set_as_default);
[[nodiscard]] Result<PolicyVersion> get_policy_version(const AccountView& account, std::string_view arn,
                                                       std::string_view version_id);
[[nodiscard]] Result<void> delete_policy_version(AccountEdit& account, std::string_view arn,
                                                 std::string_view version_id);
/// Newest first.
[[nodiscard]] Result<Page<PolicyVersion>> list_policy_versions(const AccountView& account,
                                                               std::string_view arn, const PageRequest& page);
[[nodiscard]] Result<void> set_default_policy_version(AccountEdit& account, std::string_view arn,
                                                      std::string_view version_id);

}  // namespace writ::directory
