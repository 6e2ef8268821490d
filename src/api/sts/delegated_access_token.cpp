#include <utility>

#include "api/sts/credentials.h"
#include "api/sts/handlers.h"
#include "directory/delegation/delegation_requests.h"

namespace writ::api::sts {
namespace {

using directory::ReleasedDelegation;

/// There is no SNS that could carry a token, so the token is the id of the request: worth nothing to other
/// accounts than the one that made it.
Result<ReleasedDelegation> released(const Call& call) {
    auto reader = call.at.store.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    auto found = directory::find_released_delegation({**reader, call.account(), call.at.environment},
                                                     call.input.text("TradeInToken"));
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return fail("AccessDenied", 403, "The trade-in token is not valid.");  // [I]
    return std::move(**found);
}

std::unexpected<Error> expired() {
    return fail("ExpiredTradeInTokenException", 400,
                "The trade-in token provided in the request has expired and can no longer be exchanged for "
                "credentials. Request a new token and retry the operation.");
}

}  // namespace

// The moment of issue is the approver's own, as GetScopedCredentials keeps it.
Result<Output> get_delegated_access_token(const Call& call, const Target&) {
    const auto delegation = released(call);
    if (!delegation) return std::unexpected(delegation.error());
    if (delegation->ends_at <= call.now) return expired();
    auto claims = call.at.tokens.open(delegation->approver_session, delegation->approver_key_id);
    if (!claims) return expired();  // The key that sealed it is gone.
    claims->expires = delegation->ends_at;
    claims->scope_down_documents.push_back(delegation->permission_policy);
    claims->delegate_account = call.account();

    auto session = issue_session(call, *claims);
    if (!session) return std::unexpected(std::move(session.error()));
    Output output;
    output.set("Credentials", std::move(session->credentials));
    output.set("AssumedPrincipal", delegation->approver_arn);
    return output;
}

}  // namespace writ::api::sts
