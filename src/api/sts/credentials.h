#pragma once

#include "api/operation.h"
#include "crypto/session_token.h"

namespace writ::api::sts {

/// Claims of a session that begins now and lasts `duration`; both ends in full seconds (spec S8).
[[nodiscard]] crypto::SessionClaims begin_session(crypto::SessionKind kind, const std::string& account,
                                                  const Call& call, std::chrono::seconds duration);

/// A session as its caller is told of it.
struct IssuedSession {
    Output credentials;  ///< The structure Credentials.
    std::size_t token_bytes = 0;
    bool carries_policies = false;  ///< Session policies or tags were passed.
};

/// Issues the session, with a token of MinimumSessionTokenSize at least. PackedPolicyTooLarge when its
/// policies and tags make the token larger than any may be (spec S1, as AWS changed it in September 2026).
[[nodiscard]] Result<IssuedSession> issue_session(const Call& call, const crypto::SessionClaims& claims);

/// How much of the largest token it takes: PackedPolicySize where the model has it and something was passed,
/// SessionTokenUtilization, which is the same number, and SessionTokenSize.
void set_token_size(Output& output, const Call& call, const IssuedSession& session);

}  // namespace writ::api::sts
