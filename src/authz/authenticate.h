#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <span>
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

/// How a service takes signatures. The defaults are those of IAM and STS.
struct SignatureRules {
    std::string_view service;  ///< The signing name that the endpoint answers for.
    crypto::CredentialDialect dialect = crypto::CredentialDialect::query;
    /// Those that a signature may be scoped to; empty: those of the authenticator.
    std::span<const std::string_view> regions;
    crypto::SigningForm form;
    bool honours_expiry = false;  ///< X-Amz-Expires counts (crypto::check_expiry).
    bool wants_amz_headers_signed =
        false;  ///< All of them (spec Z5), not only those that name caller and time.
};

struct Verified {
    Caller caller;
    std::shared_ptr<const crypto::SigningKey> signing_key;  ///< For what continues the signature: chunks.
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
    [[nodiscard]] std::expected<Verified, Unrecognised> verify(const HttpRequest& request,
                                                               const crypto::Authorization& authorization,
                                                               const SignatureRules& rules);

    /// The same for a signature that covers a text and nothing else (crypto::verify_text_signature).
    [[nodiscard]] std::expected<Verified, Unrecognised> verify_text(
        std::string_view text, const crypto::Authorization& authorization, const SignatureRules& rules);

    /// Whose credential that is, for whoever proves its possession by other means than a signature: the
    /// checks of authenticate() but those of time, scope and signature. Without a token the key is a
    /// long-term one.
    [[nodiscard]] Result<Caller> recognise(
        std::string_view access_key_id, std::optional<std::string_view> session_token,
        crypto::CredentialDialect dialect = crypto::CredentialDialect::json);

  private:
    struct Credentials;
    using Dialect = crypto::CredentialDialect;
    [[nodiscard]] Result<Credentials> long_term(const crypto::Authorization& authorization, Dialect dialect);
    [[nodiscard]] Result<Credentials> temporary(const crypto::Authorization& authorization, Dialect dialect);
    [[nodiscard]] Result<Caller> of_session(const std::shared_ptr<const crypto::SessionClaims>& claims,
                                            Dialect dialect);
    [[nodiscard]] Result<Credentials> credentials_of(const crypto::Authorization& authorization,
                                                     Dialect dialect);
    [[nodiscard]] Result<Caller> complete(Caller caller, std::string_view access_key_id, Dialect dialect);
    /// All but time and scope; `verify` is given the signing key.
    template <class Verify>
    [[nodiscard]] Result<Verified> check(const crypto::Authorization& authorization, Dialect dialect,
                                         Verify verify);
    [[nodiscard]] Result<void> check_time_and_scope(const crypto::Authorization& authorization,
                                                    const SignatureRules& rules) const;

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
