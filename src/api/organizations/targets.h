#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "api/operation.h"

/// Who may call what, and on which resource (spec O7). A row of the table names one of these functions.
namespace writ::api::organizations {

/// To whom an operation is open beside the management account. Everybody needs permissions of his own account
/// too.
enum class Audience : std::uint8_t {
    management,  ///< To nobody.
    delegates,   ///< To accounts that the organization's resource-based policy lets in.
    readers,     ///< To those, and to accounts that administer a service for the organization.
    members,     ///< To every account, also one without organization: it is about the account itself.
};

/// Operations without a resource. Every function here that returns a target says ConcurrentModification when
/// the account of the call has joined or left an organization since the caller was recognised: what it may do
/// there was not decided.
[[nodiscard]] Result<Target> organization_for(Audience audience, const directory::AccountView& account,
                                              const Call& call);
template <Audience audience>
Result<Target> whole_organization(const directory::AccountView& account, const Call& call) {
    return organization_for(audience, account, call);
}

/// The node or policy that a parameter names by id.
[[nodiscard]] Result<Target> named_target(Audience audience, const directory::AccountView& account,
                                          const Call& call, std::string_view id);

/// A text as template argument.
struct ParameterName {
    template <std::size_t size>
    consteval ParameterName(const char (&name)[size]) {  // NOLINT(google-explicit-constructor)
        std::ranges::copy(name, text.begin());
    }
    std::array<char, 32> text{};
};
template <Audience audience, ParameterName parameter>
Result<Target> by_id(const directory::AccountView& account, const Call& call) {
    return named_target(audience, account, call, call.input.text(parameter.text.data()));
}

/// Policy and where it is attached: the action must be allowed on both.
[[nodiscard]] Result<Target> policy_and_target(const directory::AccountView& account, const Call& call);
/// Account, old and new parent.
[[nodiscard]] Result<Target> account_and_parents(const directory::AccountView& account, const Call& call);
[[nodiscard]] Result<Target> policy_to_create(const directory::AccountView& account, const Call& call);
[[nodiscard]] Result<Target> resource_policy(const directory::AccountView& account, const Call& call);
[[nodiscard]] Result<Target> account_to_invite(const directory::AccountView& account, const Call& call);
/// TargetId, else the account of the call.
[[nodiscard]] Result<Target> account_or_own(const directory::AccountView& account, const Call& call);
[[nodiscard]] Result<Target> handshake(const directory::AccountView& account, const Call& call);
/// Of the responsibility for bills. There is none, so neither type nor direction is known.
[[nodiscard]] Result<Target> transfer(const directory::AccountView& account, const Call& call);

/// Who accepts an invitation leaves the organization it is in, and needs the permission for that too.
[[nodiscard]] std::vector<FurtherDemand> leaving_on_the_way(const Call& call, const Target& handshake);

/// Tags on creation are a permission of their own: on the target of the operation, or on the unit that is to
/// be created below it.
[[nodiscard]] std::vector<FurtherDemand> tags_on_creation(const Call& call, const Target& target);
[[nodiscard]] std::vector<FurtherDemand> tags_on_new_unit(const Call& call, const Target& parent);

}  // namespace writ::api::organizations
