#include <algorithm>
#include <initializer_list>

#include "directory/delegation/delegation_requests.h"
#include "directory/internal/delegation/delegation_records.h"
#include "directory/internal/failures.h"

namespace writ::directory {
namespace {

using store::DelegationState;

constexpr std::chrono::hours root_approves_max{4};  // The guide's page on temporary delegation.

/// From which states a request may go where; the page "Building your integration".
struct Step {
    std::initializer_list<DelegationState> from;
    DelegationState to;
    std::string_view verb;
    const char* error = "InvalidInput";  ///< For a request in another state [I].
};
using enum DelegationState;
constexpr Step associating{{unassigned}, assigned, "associated"};
constexpr Step forwarding{{assigned, pending_approval}, pending_approval, "updated"};
constexpr Step accepting{
    {assigned, pending_approval}, accepted, "accepted", "ValidationError"};  // Its model has no InvalidInput.
constexpr Step rejecting{{assigned, pending_approval, accepted}, rejected, "rejected"};
constexpr Step sending{{accepted}, finalized, "sent a token for"};

/// The request as it is once the step is taken.
Result<store::DelegationRequest> take(const Step& step, const AccountView& account, std::string_view id) {
    auto found = find_delegation_record(account, id);
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found || !is_for(**found, account.account_id)) return no_such_delegation_request(id);
    store::DelegationRequest& record = **found;
    const Instant now = account.environment.clock.now();
    const DelegationState state = state_of(record, now);
    if (std::ranges::find(step.from, state) == step.from.end()) {
        return fail(step.error, 400,
                    "Delegation request " + std::string(id) + " is in the state " +
                        std::string(name_of(state)) + " and cannot be " + std::string(step.verb) + ".");
    }
    if (state != step.to) record.expires_at = now + lifetime_in(step.to);
    record.state = step.to;
    record.updated_at = now;
    return std::move(record);
}

}  // namespace

Result<void> associate_delegation_request(AccountEdit& account, std::string_view id,
                                          std::string_view caller_arn) {
    auto record = take(associating, account, id);
    if (!record) return std::unexpected(std::move(record.error()));
    record->owner_account_id = account.account_id;
    record->owner_arn = caller_arn;
    return result_of(account.writes.update(*record));
}

Result<void> forward_delegation_request(AccountEdit& account, std::string_view id, std::string_view notes) {
    auto record = take(forwarding, account, id);
    if (!record) return std::unexpected(std::move(record.error()));
    record->notes = notes;
    return result_of(account.writes.update(*record));
}

Result<void> accept_delegation_request(AccountEdit& account, std::string_view id, const Approver& approver) {
    auto record = take(accepting, account, id);
    if (!record) return std::unexpected(std::move(record.error()));
    if (approver.is_root && std::chrono::seconds(record->session_seconds) > root_approves_max) {
        return fail(accepting.error, 400,  // [I]
                    "The root user cannot accept delegation requests of more than 4 hours.");
    }
    record->approver_arn = approver.arn;
    record->approver_key_id = approver.key_id;
    record->approver_session = approver.session;
    return result_of(account.writes.update(*record));
}

Result<void> reject_delegation_request(AccountEdit& account, std::string_view id, std::string_view notes) {
    auto record = take(rejecting, account, id);
    if (!record) return std::unexpected(std::move(record.error()));
    record->rejection_reason = notes;
    return result_of(account.writes.update(*record));
}

Result<void> send_delegation_token(AccountEdit& account, std::string_view id, std::string_view caller_arn) {
    auto record = take(sending, account, id);
    if (!record) return std::unexpected(std::move(record.error()));
    if (record->only_send_by_owner && record->owner_arn != caller_arn) {
        return fail("AccessDenied", 403,  // [I]
                    "Only the owner of delegation request " + std::string(id) + " can send its token.");
    }
    record->released_at = record->updated_at;
    return result_of(account.writes.update(*record));
}

}  // namespace writ::directory
