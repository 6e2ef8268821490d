#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "crypto/credential_fault.h"
#include "crypto/session_token.h"

namespace writ::crypto {

/// Session tokens that were opened before: a client sends the same one with every request. Bounded; what is
/// not used any more goes. Safe for concurrent use.
///
/// A token means the same for ever, so nothing has to be forgotten; whether it has expired or its role is
/// gone is asked at each use as if it had just been opened. `tokens` must outlive it.
class OpenedTokens {
  public:
    explicit OpenedTokens(const SessionTokens& tokens, std::size_t tokens_max = 8192);
    ~OpenedTokens();
    OpenedTokens(const OpenedTokens&) = delete;
    OpenedTokens& operator=(const OpenedTokens&) = delete;

    /// As SessionTokens::open. Refusals are not kept. Cost when kept: a look-up and a comparison.
    [[nodiscard]] CredentialResult<std::shared_ptr<const SessionClaims>> open(std::string_view token,
                                                                              std::string_view access_key_id);

  private:
    struct Shard;
    const SessionTokens& tokens_;
    std::size_t tokens_max_per_shard_;
    std::unique_ptr<Shard[]> shards_;
};

}  // namespace writ::crypto
