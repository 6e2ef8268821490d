#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "crypto/hash.h"

namespace writ::crypto {

/// The key that signs for one date, region and service: four chained HMACs (spec Z6), 4 µs to make, a
/// prepared HMAC context from then on. Safe for concurrent use.
class SigningKey {
  public:
    SigningKey(const Secret& secret_access_key, std::string_view date, std::string_view region,
               std::string_view service);
    [[nodiscard]] Digest sign(std::string_view string_to_sign) const { return hmac_(string_to_sign); }

  private:
    HmacKey hmac_;
};

/// Signing keys by access key id and credential scope. Bounded: the least recently used half goes when it is
/// full. Safe for concurrent use.
///
/// Holds what an access key was once verified with, so whoever asks must have checked before that the access
/// key is still active. An access key id never gets another secret (spec S15).
class SigningKeyCache {
  public:
    explicit SigningKeyCache(std::size_t keys_max = 8192);
    ~SigningKeyCache();
    SigningKeyCache(const SigningKeyCache&) = delete;
    SigningKeyCache& operator=(const SigningKeyCache&) = delete;

    using SecretSource = std::function<Result<Secret>()>;
    /// `secret` is asked on a miss only. REQUIRES: `scope` is "DATE/REGION/SERVICE/aws4_request", as
    /// check_scope has accepted it.
    [[nodiscard]] Result<std::shared_ptr<const SigningKey>> get(std::string_view access_key_id,
                                                                std::string_view scope,
                                                                const SecretSource& secret);

  private:
    struct Shard;
    std::size_t keys_max_per_shard_;
    std::unique_ptr<Shard[]> shards_;
};

}  // namespace writ::crypto
