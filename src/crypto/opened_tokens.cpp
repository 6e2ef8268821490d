#include "crypto/opened_tokens.h"

#include <algorithm>
#include <mutex>
#include <string>

#include "base/secret.h"
#include "crypto/internal/two_generations.h"

namespace writ::crypto {
namespace {

constexpr std::size_t shards = 16;

struct Opened {
    std::string token;
    SessionClaims claims;
};

}  // namespace

struct OpenedTokens::Shard {
    std::mutex mutex;
    internal::TwoGenerations<std::shared_ptr<const Opened>> tokens;  // By access key id: each has one token.
};

OpenedTokens::OpenedTokens(const SessionTokens& tokens, std::size_t tokens_max)
    : tokens_(tokens),
      tokens_max_per_shard_(std::max<std::size_t>(2, tokens_max / shards)),
      shards_(std::make_unique<Shard[]>(shards)) {}
OpenedTokens::~OpenedTokens() = default;

CredentialResult<std::shared_ptr<const SessionClaims>> OpenedTokens::open(std::string_view token,
                                                                          std::string_view access_key_id) {
    const auto claims_of = [](std::shared_ptr<const Opened> opened) {
        const SessionClaims* claims = &opened->claims;
        return std::shared_ptr<const SessionClaims>(std::move(opened), claims);
    };
    Shard& shard = shards_[internal::TextHash{}(access_key_id) / 64 % shards];
    {
        const std::lock_guard lock(shard.mutex);
        auto kept = shard.tokens.find(access_key_id, tokens_max_per_shard_);
        if (kept != nullptr && equals_in_constant_time(kept->token, token)) return claims_of(std::move(kept));
    }
    auto claims = tokens_.open(token, access_key_id);
    if (!claims) return std::unexpected(std::move(claims.error()));
    auto opened = std::make_shared<const Opened>(Opened{std::string(token), std::move(*claims)});
    const std::lock_guard lock(shard.mutex);
    shard.tokens.keep(std::string(access_key_id), opened, tokens_max_per_shard_);
    return claims_of(std::move(opened));
}

}  // namespace writ::crypto
