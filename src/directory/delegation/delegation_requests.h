#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"
#include "policy/policy_template.h"
#include "store/records/delegation_request.h"

/// Temporary delegation (spec 8.12): one account, the requestor, asks to be let act in another for a while,
/// with the permissions of one who approves there, limited by a policy. The template of that policy is a
/// managed policy of the requestor or of AWS. A request lives a day until somebody claims it and seven days
/// in each later state; it is told as expired for thirty days more [I].
namespace writ::directory {

struct NewDelegationRequest {
    std::string owner_account_id{};  ///< Empty: whoever knows the id may claim it.
    std::string description{};
    std::string request_message{};
    std::string workflow_id{};
    std::string redirect_url{};
    std::string template_arn{};
    std::vector<policy::TemplateParameter> parameters{};
    std::chrono::seconds session_duration{};
    bool only_send_by_owner = false;
};

/// Texts that do not apply (yet) are empty.
struct DelegationRequest {
    std::string id;
    std::string requestor_account_id;
    std::string requestor_name;  ///< At most thirty characters.
    std::string owner_account_id;
    std::string owner_arn;
    std::string approver_arn;
    std::string description;
    std::string request_message;
    std::string redirect_url;
    std::string notes;
    std::string rejection_reason;
    std::string template_arn;
    std::vector<policy::TemplateParameter> parameters;
    std::string permission_policy;  ///< JSON, the template with its parameters filled in.
    std::chrono::seconds session_duration{};
    bool only_send_by_owner = false;
    store::DelegationState state = store::DelegationState::unassigned;  ///< As of now: expired by time.
    Instant created_at{};
    Instant updated_at{};
    Instant expires_at{};
};

/// "PENDING_APPROVAL".
[[nodiscard]] std::string_view name_of(store::DelegationState state) noexcept;

/// Asks in the name of `account`. EntityAlreadyExists for a workflow id that it has used; InvalidInput for an
/// account or a template that is not there, and for parameters that do not fit the template; LimitExceeded
/// with a thousand requests that have not expired [I].
[[nodiscard]] Result<DelegationRequest> create_delegation_request(AccountEdit& account,
                                                                  const NewDelegationRequest& request);

/// To the account that owns it, to every account while it has no owner account, and to the requestor, who is
/// not told who owns and approved it, nor what they noted. NoSuchEntity for others.
[[nodiscard]] Result<DelegationRequest> get_delegation_request(const AccountView& account,
                                                               std::string_view id);
/// Those that identities of the account own, or only those of `owner_arn`. By id.
[[nodiscard]] Result<Page<DelegationRequest>> list_delegation_requests(
    const AccountView& account, const std::optional<std::string>& owner_arn, const PageRequest& page);

// What follows is for the account that owns the request. NoSuchEntity for others, InvalidInput (of
// acceptance ValidationError) where the state of the request does not allow it.

/// Whoever calls becomes the owner, and its account the owner account.
[[nodiscard]] Result<void> associate_delegation_request(AccountEdit& account, std::string_view id,
                                                        std::string_view caller_arn);
/// To somebody who may approve it.
[[nodiscard]] Result<void> forward_delegation_request(AccountEdit& account, std::string_view id,
                                                      std::string_view notes);
struct Approver {
    std::string arn;
    bool is_root = false;  ///< May approve up to four hours.
    /// Its identity as it is now: a sealed session token that has expired, and the key id it belongs to.
    std::string key_id;
    std::string session;
};
[[nodiscard]] Result<void> accept_delegation_request(AccountEdit& account, std::string_view id,
                                                     const Approver& approver);
[[nodiscard]] Result<void> reject_delegation_request(AccountEdit& account, std::string_view id,
                                                     std::string_view notes);
/// From now on, and for the duration that was asked for, the requestor gets credentials. AccessDenied when
/// only the owner may send and somebody else calls.
[[nodiscard]] Result<void> send_delegation_token(AccountEdit& account, std::string_view id,
                                                 std::string_view caller_arn);

/// A request whose session runs or has run.
struct ReleasedDelegation {
    std::string owner_account_id;
    std::string approver_arn;
    std::string approver_key_id;
    std::string approver_session;
    std::string permission_policy;
    Instant ends_at{};  ///< Full seconds; may be over.
};
/// Nothing: `account` has not asked under that id, or nothing was released.
[[nodiscard]] Result<std::optional<ReleasedDelegation>> find_released_delegation(const AccountView& account,
                                                                                 std::string_view id);

/// For authorizing before looking (spec B7).
struct DelegationOwner {
    std::string arn;            ///< Empty: nobody yet.
    bool is_unclaimed = false;  ///< The account may claim it.
};
/// Nothing when get_delegation_request() would find nothing.
[[nodiscard]] Result<std::optional<DelegationOwner>> find_delegation_owner(const AccountView& account,
                                                                           std::string_view id);

/// The permissions boundaries that the policy demands of roles it lets create or change, each once.
[[nodiscard]] std::vector<std::string> demanded_boundaries(const policy::Document& document);
/// Whether it lets create roles without demanding a boundary: what they may do outlives the session.
[[nodiscard]] bool creates_unbounded_roles(const policy::Document& document);

}  // namespace writ::directory
