#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"

/// What deciding must know of organizations, made to fill caches. A value read at revision R holds until the
/// feed names the account or its organization.
namespace writ::directory::organizations {

/// (policy_id, revision) never changes its document.
struct PolicyInForce {
    std::string policy_id;
    std::string name;
    std::string arn;
    std::int64_t revision = 0;  ///< 0: of AWS, ask the reference by ARN.
};

/// The policies of one node on the way from the root to the account.
struct LevelInForce {
    std::vector<PolicyInForce> service_control;
    std::vector<PolicyInForce> resource_control;
};

/// An account as its organization sees it.
struct Membership {
    std::string account_id;
    bool closed = false;            ///< Nobody may use it.
    std::string organization_id{};  ///< Empty: it is in none, and all that follows is empty.
    std::string management_account_id{};
    std::string parent_path{};             ///< "o-…/r-…/ou-…/", as aws:PrincipalOrgPaths has it (spec O8).
    bool delegated_administrator = false;  ///< Of any service.
    bool has_service_control = false;      ///< SCPs are enabled, and it is a member they act on.
    bool has_resource_control = false;
    std::vector<LevelInForce> levels{};  ///< The root first, the account last; empty when neither acts on it.
    std::optional<std::string> resource_policy{};  ///< Of the organization.
    /// ARNs of the task policies of AssumeRoot that the account may use on members (spec 7.4, B27).
    std::vector<std::string> root_tasks{};
};

[[nodiscard]] Result<Membership> read_membership(store::Reader& records, const Environment& environment,
                                                 std::string_view account_id);
/// The document of a policy of the organization, as stored; nothing when there is none.
[[nodiscard]] Result<std::optional<std::string>> read_policy_content(store::Reader& records,
                                                                     std::string_view organization_id,
                                                                     std::string_view policy_id);

}  // namespace writ::directory::organizations
