#include "api/iam/delegation/approver.h"

#include <chrono>

namespace writ::api::iam::delegation {
namespace {

/// A session with the identity of the caller. Of a session, its moment of issue stays: whoever revokes
/// sessions by aws:TokenIssueTime means what came of them.
crypto::SessionClaims identity_of(const Call& call) {
    if (call.caller.session != nullptr) return *call.caller.session;
    crypto::SessionClaims claims;
    claims.kind = call.caller.is_root() ? crypto::SessionKind::root : crypto::SessionKind::user;
    claims.partition = call.at.config.partition;
    claims.account = call.account();
    claims.issued = std::chrono::floor<std::chrono::seconds>(call.now);
    if (!call.caller.is_root()) {
        claims.user_arn = call.caller.subject->arn;
        claims.user_id = call.caller.subject->id;
        claims.user_name = call.caller.subject->name;
    }
    return claims;
}

}  // namespace

directory::Approver approver_of(const Call& call) {
    crypto::SessionClaims claims = identity_of(call);
    claims.expires = claims.issued;  // Nobody ever signs with it.
    auto sealed = call.at.tokens.issue(claims, call.at.environment.random);
    return {.arn = call.caller.principal->arn,
            .is_root = call.caller.is_root(),
            .key_id = std::move(sealed.access_key_id),
            .session = std::move(sealed.session_token)};
}

}  // namespace writ::api::iam::delegation
