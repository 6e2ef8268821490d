#pragma once

#include "api/operation.h"
#include "crypto/session_token.h"

namespace writ::api::sts {

/// Claims of a session that begins now and lasts `duration`; both ends in full seconds (spec S8).
[[nodiscard]] crypto::SessionClaims begin_session(crypto::SessionKind kind, const std::string& account,
                                                  const Call& call, std::chrono::seconds duration);

/// Issues the session: the structure Credentials.
[[nodiscard]] Output issue_credentials(const Call& call, const crypto::SessionClaims& claims);

}  // namespace writ::api::sts
