#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/random.h"
#include "base/secret.h"
#include "base/time.h"
#include "crypto/credential_fault.h"

namespace writ::crypto {

class SealingKeys;

/// What a session is. The numbers are inside of tokens: never change one.
enum class SessionKind : std::uint8_t {
    role = 1,            ///< AssumeRole, …WithSAML, …WithWebIdentity.
    federated_user = 2,  ///< GetFederationToken.
    user = 3,            ///< GetSessionToken of a user.
    root = 4,            ///< GetSessionToken of the root user.
    assumed_root = 5,    ///< AssumeRoot.
};

using SessionTags = std::vector<std::pair<std::string, std::string>>;

/// Everything that is known about a session: it lives in its token and nowhere else. Texts that do not apply
/// are empty.
struct SessionClaims {
    SessionKind kind = SessionKind::role;
    std::string partition = "aws";
    std::string account;
    std::string access_key_id;  ///< The temporary key that the token belongs to.

    std::string role_arn, role_id, role_name;  ///< Role sessions. The ARN has the role's path.
    std::string session_name;                  ///< Role session name, or the name of a federated user.
    std::string user_arn, user_id, user_name;  ///< User sessions; the user behind a federated user.

    Instant issued;   ///< aws:TokenIssueTime.
    Instant expires;  ///< First moment at which the token is refused.
    std::optional<Instant> mfa_time;

    std::vector<std::string> policy_documents;  ///< Session policies, as passed.
    std::vector<std::string> policy_arns;  ///< Managed session policies, read again at each request (S13a).
    /// Scope-down policies of GetScopedCredentials, the first call first: each binds on its own.
    std::vector<std::string> scope_down_documents;
    SessionTags tags;  ///< Passed and inherited, in order.
    std::vector<std::string> transitive_tag_keys;
    std::string source_identity;
    std::string federated_provider;  ///< aws:FederatedProvider.
    bool chained = false;            ///< Issued to a role session: at most an hour (S7).
    /// Of GetDelegatedAccessToken: the account that acts in place of the session's own.
    std::string delegate_account;

    bool operator==(const SessionClaims&) const = default;
};

/// The three texts that AssumeRole and its like answer with.
struct TemporaryCredentials {
    std::string access_key_id;
    Secret secret_access_key;
    std::string session_token;
};

/// Issues sessions and reads them back: nothing is stored (spec S15, S16). A token is base64 text of the
/// claims, sealed under the newest key of the ring and bound to its access key id; the secret key is derived
/// from it. Safe for concurrent use; `keys` must outlive it.
class SessionTokens {
  public:
    explicit SessionTokens(const SealingKeys& keys) : keys_(keys) {}

    /// Makes the access key id (and ignores the one in `claims`). A token that would be shorter than
    /// `token_chars_min` is padded, to no more than three characters above.
    /// REQUIRES: `claims.account` is twelve digits.
    [[nodiscard]] TemporaryCredentials issue(const SessionClaims& claims, RandomSource& random,
                                             std::size_t token_chars_min = 0) const;

    /// The claims when the token was issued here and for this access key: otherwise, and for any other text,
    /// invalid_token. Does not look at the time: check_not_expired is a step of its own (spec 7.7 step 6).
    [[nodiscard]] CredentialResult<SessionClaims> open(std::string_view token,
                                                       std::string_view access_key_id) const;

    /// The secret access key that goes with a token. Same faults as `open`, but does not read the claims:
    /// call it after `open`, when the signing key is not cached.
    [[nodiscard]] CredentialResult<Secret> secret_of(std::string_view token,
                                                     std::string_view access_key_id) const;

  private:
    const SealingKeys& keys_;
};

/// expired_token from the moment of expiry on.
[[nodiscard]] CredentialResult<void> check_not_expired(const SessionClaims& claims, Instant now);

}  // namespace writ::crypto
