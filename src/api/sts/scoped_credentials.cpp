#include <chrono>

#include "api/sts/credentials.h"
#include "api/sts/handlers.h"
#include "api/sts/session_policies.h"

namespace writ::api::sts {
namespace {

using std::chrono::seconds;

/// Scope-down policies that a session can have.
constexpr std::size_t layers_max = 3;

/// When the narrowed session ends: never later than the calling one.
Result<Instant> end_of_session(const Call& call) {
    const Instant session_end = call.caller.session->expires;
    const auto asked = call.input.integer("DurationSeconds");
    if (!asked) return session_end;
    const Instant end = std::chrono::floor<seconds>(call.now) + seconds(*asked);
    if (end <= session_end) return end;
    return fail(
        "InsufficientSessionLifetime", 400,
        "The requested DurationSeconds is greater than the remaining lifetime of the calling session.");
}

Result<void> add_scope_down(const SessionPolicies& policies, crypto::SessionClaims& claims) {
    if (policies.documents.empty()) return {};
    if (claims.scope_down_documents.size() >= layers_max) {  // [I] for code and text.
        return fail(
            "AccessDenied", 403,
            "The session already has the maximum of " + std::to_string(layers_max) + " scope-down policies.");
    }
    claims.scope_down_documents.push_back(policies.documents.front());
    return {};
}

Output session_info(const Call& call) {
    Output info;
    info.set("ScopedSessionId", call.caller.user_id());
    info.set("Arn", call.caller.principal->arn);
    return info;
}

}  // namespace

Result<void> check_get_scoped_credentials(const Call& call) {
    if (!call.input.has("Policy") && !call.input.has("DurationSeconds")) {  // [I] for the text.
        return fail("ValidationError", 400, "At least one of Policy and DurationSeconds must be specified.");
    }
    if (call.caller.session == nullptr || call.caller.is_root()) {
        return fail("InvalidSubjectCredentials", 400,
                    "The request was rejected because the session used to call GetScopedCredentials is not a "
                    "valid session.");
    }
    return check_session_policies(call.input);
}

// The moment of issue stays too: whoever revokes sessions by aws:TokenIssueTime means what came of them.
Result<Output> get_scoped_credentials(const Call& call, const Target&) {
    crypto::SessionClaims claims = *call.caller.session;
    const auto end = end_of_session(call);
    if (!end) return std::unexpected(end.error());
    claims.expires = *end;
    if (auto added = add_scope_down(session_policies(call.input), claims); !added) {
        return std::unexpected(added.error());
    }
    auto session = issue_session(call, claims);
    if (!session) return std::unexpected(std::move(session.error()));
    Output output;
    output.set("Credentials", std::move(session->credentials));
    output.set("SessionInfo", session_info(call));
    output.set("ScopedPoliciesCount", static_cast<int>(claims.scope_down_documents.size()));
    if (!claims.source_identity.empty()) output.set("SourceIdentity", claims.source_identity);
    set_token_size(output, call, *session);
    return output;
}

}  // namespace writ::api::sts
