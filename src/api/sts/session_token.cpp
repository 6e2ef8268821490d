#include <algorithm>

#include "api/sts/credentials.h"
#include "api/sts/handlers.h"
#include "api/sts/mfa.h"

namespace writ::api::sts {
namespace {

using std::chrono::seconds;

// Spec 7.3.
constexpr seconds user_duration{43200};
constexpr seconds root_duration_max{3600};

}  // namespace

Result<void> check_get_session_token(const Call& call) {
    return check_mfa(call.input);
}

Result<Target> mfa_of_session(const Call& call) {
    auto proven = prove_mfa(call);
    if (!proven) return std::unexpected(proven.error());
    return Target{.mfa_time = *proven};
}

Result<Output> get_session_token(const Call& call, const Target& target) {
    const bool root = call.caller.is_root();
    const auto asked = call.input.integer("DurationSeconds");
    seconds duration = asked ? seconds(*asked) : user_duration;
    if (root) duration = std::min(duration, root_duration_max);

    crypto::SessionClaims claims = begin_session(root ? crypto::SessionKind::root : crypto::SessionKind::user,
                                                 call.account(), call, duration);
    claims.mfa_time = target.mfa_time;
    if (!root) {
        claims.user_arn = call.caller.subject->arn;
        claims.user_id = call.caller.subject->id;
        claims.user_name = call.caller.subject->name;
    }
    auto session = issue_session(call, claims);
    if (!session) return std::unexpected(std::move(session.error()));
    Output output;
    output.set("Credentials", std::move(session->credentials));
    set_token_size(output, call, *session);
    return output;
}

}  // namespace writ::api::sts
