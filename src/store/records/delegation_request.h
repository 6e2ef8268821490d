#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// Written to disk: never renumber.
enum class DelegationState : std::uint8_t {
    unassigned = 0,
    assigned = 1,
    pending_approval = 2,
    accepted = 3,
    finalized = 4,
    rejected = 5,
    expired = 6,  ///< Never written: it follows from the time.
};

/// What one account asks to be let do in another for a while. Texts that do not apply (yet) are empty.
struct DelegationRequest {
    std::string delegation_request_id;
    std::string requestor_account_id;
    std::string workflow_id;       ///< What the requestor calls the request; unique within its account.
    std::string owner_account_id;  ///< Empty: whoever knows the id may claim it.
    std::string owner_arn;
    std::string approver_arn;
    /// The approver's identity as it was on acceptance: a sealed session token, long expired, and its key id.
    std::string approver_key_id;
    std::string approver_session;
    std::string description;
    std::string request_message;
    std::string redirect_url;
    std::string notes;
    std::string rejection_reason;
    std::string template_arn;
    std::string parameters;         ///< A line each: type, name and values, between tabs.
    std::string permission_policy;  ///< The template with its parameters filled in.
    std::int64_t session_seconds = 0;
    bool only_send_by_owner = false;
    DelegationState state = DelegationState::unassigned;
    Instant created_at{};
    Instant updated_at{};
    Instant expires_at{};
    std::optional<Instant> released_at{};  ///< When the session began, of finalized requests.

    static constexpr std::string_view table = "delegation_requests";
    static constexpr Index by_id{"delegation_requests_by_id", true, {"delegation_request_id"}};
    static constexpr Index by_workflow{
        "delegation_requests_by_workflow", true, {"requestor_account_id", "workflow_id"}};
    static constexpr Index by_expiry{"delegation_requests_by_expiry",
                                     true,
                                     {"requestor_account_id", "expires_at", "delegation_request_id"}};
    static constexpr Index by_owner{
        "delegation_requests_by_owner", true, {"owner_account_id", "delegation_request_id"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_workflow, &by_expiry, &by_owner}; }
    static constexpr auto columns() {
        return Columns{Column{"delegation_request_id", &DelegationRequest::delegation_request_id},
                       Column{"requestor_account_id", &DelegationRequest::requestor_account_id},
                       Column{"workflow_id", &DelegationRequest::workflow_id},
                       Column{"owner_account_id", &DelegationRequest::owner_account_id},
                       Column{"owner_arn", &DelegationRequest::owner_arn},
                       Column{"approver_arn", &DelegationRequest::approver_arn},
                       Column{"approver_key_id", &DelegationRequest::approver_key_id},
                       Column{"approver_session", &DelegationRequest::approver_session},
                       Column{"description", &DelegationRequest::description},
                       Column{"request_message", &DelegationRequest::request_message},
                       Column{"redirect_url", &DelegationRequest::redirect_url},
                       Column{"notes", &DelegationRequest::notes},
                       Column{"rejection_reason", &DelegationRequest::rejection_reason},
                       Column{"template_arn", &DelegationRequest::template_arn},
                       Column{"parameters", &DelegationRequest::parameters},
                       Column{"permission_policy", &DelegationRequest::permission_policy},
                       Column{"session_seconds", &DelegationRequest::session_seconds},
                       Column{"only_send_by_owner", &DelegationRequest::only_send_by_owner},
                       Column{"state", &DelegationRequest::state},
                       Column{"created_at", &DelegationRequest::created_at},
                       Column{"updated_at", &DelegationRequest::updated_at},
                       Column{"expires_at", &DelegationRequest::expires_at},
                       Column{"released_at", &DelegationRequest::released_at}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
