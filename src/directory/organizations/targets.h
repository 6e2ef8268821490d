#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/tags.h"
#include "store/records/organization.h"

/// What calls of Organizations are about, for authorizing before looking (spec B7): the ARN that an id has or
/// would have, and its tags.
namespace writ::directory::organizations {

struct TargetFacts {
    std::string arn = "*";  ///< Where the account of the call is in no organization.
    std::vector<Tag> tags{};
};

/// The organization of the account of the call, read once for all that the call is about. Nothing: it is in
/// none.
using Home = std::optional<store::Organization>;
[[nodiscard]] Result<Home> find_home(const AccountView& account);

/// Of a root, unit, account, policy or resource policy by its id.
[[nodiscard]] Result<TargetFacts> find_target(const AccountView& account, const Home& home,
                                              std::string_view id);
/// Of the resource policy, which need not be there.
[[nodiscard]] Result<TargetFacts> find_resource_policy_target(const AccountView& account, const Home& home);
/// Of a handshake, which belongs to two accounts and outlives the organization.
[[nodiscard]] Result<TargetFacts> find_handshake_target(const AccountView& account, std::string_view id);

}  // namespace writ::directory::organizations
