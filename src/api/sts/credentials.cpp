#include "api/sts/credentials.h"

namespace writ::api::sts {

crypto::SessionClaims begin_session(crypto::SessionKind kind, const std::string& account, const Call& call,
                                    std::chrono::seconds duration) {
    crypto::SessionClaims claims;
    claims.kind = kind;
    claims.partition = call.at.config.partition;
    claims.account = account;
    claims.issued = std::chrono::floor<std::chrono::seconds>(call.now);
    claims.expires = claims.issued + duration;
    return claims;
}

Output issue_credentials(const Call& call, const crypto::SessionClaims& claims) {
    const crypto::TemporaryCredentials issued = call.at.tokens.issue(claims, call.at.environment.random);
    Output credentials;
    credentials.set("AccessKeyId", issued.access_key_id);
    credentials.set("SecretAccessKey", issued.secret_access_key.reveal());
    credentials.set("SessionToken", issued.session_token);
    credentials.set("Expiration", claims.expires);
    return credentials;
}

}  // namespace writ::api::sts
