#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "authz/caller.h"
#include "authz/subjects.h"
#include "base/http.h"
#include "base/time.h"
#include "crypto/opened_tokens.h"
#include "crypto/session_token.h"
#include "crypto/signing_key.h"
#include "crypto/sigv4.h"

namespace writ::authz {

/// Why nobody was recognised: what to answer, and whom the request claimed to be.
struct Unrecognised {
    Error error;
    std::string access_key_id;  ///< Empty while unknown.
};

/// From a request to who made it: the checks of spec 7.7, steps 2 to 9, in that order. Safe for concurrent
/// use.
class Authenticator {
  public:
    /// `partition` is the one that root users are of, and `regions` are those that a signature may be scoped
    /// to. All references must outlive this.
    Authenticator(Subjects& subjects, const crypto::SessionTokens& tokens, const Clock& clock,
                  std::string partition, std::vector<std::string> regions);

    /// `service` is the signing name that the endpoint answers for, and `dialect` how it words its codes. The
    /// error of a store that could not be read is ServiceFailure in both.
    [[nodiscard]] std::expected<Caller, Unrecognised> authenticate(
        const HttpRequest& request, const crypto::Authorization& authorization, std::string_view service,
        crypto::CredentialDialect dialect = crypto::CredentialDialect::query);

  private:
    struct Credentials;
    using Dialect = crypto::CredentialDialect;
    [[nodiscard]] Result<Credentials> long_term(const crypto::Authorization& authorization, Dialect dialect);
    [[nodiscard]] Result<Credentials> temporary(const crypto::Authorization& authorization, Dialect dialect);
    [[nodiscard]] Result<Caller> of_session(const std::shared_ptr<const crypto::SessionClaims>& claims,
                                            Dialect dialect);
    [[nodiscard]] Result<Caller> check(const HttpRequest& request, const crypto::Authorization& authorization,
                                       std::string_view service, Dialect dialect);

    Subjects& subjects_;
    const crypto::SessionTokens& tokens_;
    crypto::OpenedTokens opened_tokens_;
    const Clock& clock_;
    std::string partition_;
    std::vector<std::string> regions_;
    std::vector<std::string_view> region_views_;
    crypto::SigningKeyCache signing_keys_;
};

}  // namespace writ::authz
