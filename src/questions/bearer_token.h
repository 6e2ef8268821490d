#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/time.h"
#include "crypto/sealing.h"

/// Tokens that stand for a credential where a program asks questions and does not sign each. They open the
/// authorization APIs alone, never those of AWS. A session token by itself is none: it stands in presigned
/// URLs, which people pass on.
namespace writ::questions {

struct BearerClaims {
    std::string access_key_id;  ///< Of whoever signed for the token.
    std::string session_token;  ///< Empty: the key is a long-term one.
    Instant expires{};          ///< First moment at which the token is refused.
};

/// "writ_" and base64 text that RFC 6750 lets stand behind "Bearer ". Holds no secret key.
[[nodiscard]] std::string issue_bearer_token(const crypto::SealingKeys& keys, const BearerClaims& claims,
                                             RandomSource& random);

/// Nothing for a text that is none, was sealed elsewhere, or whose time is over. Whether the credential is
/// still good is not looked at. About half a microsecond.
[[nodiscard]] std::optional<BearerClaims> open_bearer_token(const crypto::SealingKeys& keys,
                                                            std::string_view token, Instant now);

}  // namespace writ::questions
