#pragma once

#include <string>
#include <string_view>

#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/policies/attachments.h"

namespace writ::directory {

/// A policy embedded in a user, group or role. Names match without case inside one entity (spec B3).
struct InlinePolicy {
    std::string owner_name;
    std::string policy_name;  ///< As requested.
    std::string document;     ///< Plain JSON, byte for byte as it was put.
};

/// Replaces a policy of that name and keeps its first spelling.
[[nodiscard]] Result<void> put_inline_policy(AccountEdit& account, const PolicyOwner& owner,
                                             std::string_view policy_name, std::string_view document);
[[nodiscard]] Result<InlinePolicy> get_inline_policy(const AccountView& account, const PolicyOwner& owner,
                                                     std::string_view policy_name);
[[nodiscard]] Result<void> delete_inline_policy(AccountEdit& account, const PolicyOwner& owner,
                                                std::string_view policy_name);
/// Names only.
[[nodiscard]] Result<Page<std::string>> list_inline_policies(const AccountView& account,
                                                             const PolicyOwner& owner,
                                                             const PageRequest& page);

}  // namespace writ::directory
