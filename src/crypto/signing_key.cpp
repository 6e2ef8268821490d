#include "crypto/signing_key.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "base/text.h"
#include "crypto/internal/two_generations.h"

namespace writ::crypto {
namespace {

constexpr std::size_t shards = 16;

HmacKey derive(const Secret& secret, std::string_view date, std::string_view region,
               std::string_view service) {
    std::string first = "AWS4";
    first.append(secret.reveal());
    Digest key = hmac_sha256(as_bytes(first), date);
    key = hmac_sha256(key, region);
    key = hmac_sha256(key, service);
    key = hmac_sha256(key, "aws4_request");
    HmacKey prepared(key);
    wipe_memory(first.data(), first.size());
    wipe_memory(key.data(), key.size());
    return prepared;
}

std::string_view take_until_slash(std::string_view& rest) {
    const std::string_view part = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    return part;
}

}  // namespace

SigningKey::SigningKey(const Secret& secret_access_key, std::string_view date, std::string_view region,
                       std::string_view service)
    : hmac_(derive(secret_access_key, date, region, service)) {}

struct SigningKeyCache::Shard {
    std::mutex mutex;
    internal::TwoGenerations<std::shared_ptr<const SigningKey>> keys;
};

SigningKeyCache::SigningKeyCache(std::size_t keys_max)
    : keys_max_per_shard_(std::max<std::size_t>(2, keys_max / shards)),
      shards_(std::make_unique<Shard[]>(shards)) {}
SigningKeyCache::~SigningKeyCache() = default;

Result<std::shared_ptr<const SigningKey>> SigningKeyCache::get(std::string_view access_key_id,
                                                               std::string_view scope,
                                                               const SecretSource& secret) {
    thread_local std::string name;
    name.assign(access_key_id).append("/").append(scope);
    Shard& shard = shards_[internal::TextHash{}(name) / 64 % shards];
    {
        const std::lock_guard lock(shard.mutex);
        if (auto key = shard.keys.find(name, keys_max_per_shard_)) return key;
    }
    std::string kept = name;  // `secret` may come back here and use the scratch name again.
    const Result<Secret> found = secret();
    if (!found) return std::unexpected(found.error());
    const std::string_view date = take_until_slash(scope);
    const std::string_view region = take_until_slash(scope);
    const std::string_view service = take_until_slash(scope);
    auto key = std::make_shared<const SigningKey>(*found, date, region, service);
    const std::lock_guard lock(shard.mutex);
    shard.keys.keep(std::move(kept), key, keys_max_per_shard_);
    return key;
}

}  // namespace writ::crypto
