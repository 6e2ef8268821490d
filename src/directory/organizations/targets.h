#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/tags.h"

/// What calls of Organizations are about, for authorizing before looking (spec B7): the ARN that an id has or
/// would have, and its tags.
namespace writ::directory::organizations {

struct TargetFacts {
    std::string arn = "*";  ///< Where the account of the call is in no organization.
    std::vector<Tag> tags{};
};

/// Whether the account of the call is (still) in that organization under that management; both empty: in
/// none.
[[nodiscard]] Result<bool> is_member_of(const AccountView& account, std::string_view organization_id,
                                        std::string_view management_account_id);

/// Of a root, unit, account, policy or resource policy by its id.
[[nodiscard]] Result<TargetFacts> find_target(const AccountView& account, std::string_view id);
/// Of the resource policy, which need not be there.
[[nodiscard]] Result<TargetFacts> find_resource_policy_target(const AccountView& account);
[[nodiscard]] Result<TargetFacts> find_handshake_target(const AccountView& account, std::string_view id);

}  // namespace writ::directory::organizations
