#include "crypto/hash.h"

#include <cstdint>
#include <nettle/hmac.h>
#include <nettle/sha2.h>

#include "base/secret.h"

// Nettle's contexts are plain values: nothing to allocate, nothing to lock, and of short messages OpenSSL's
// interface costs as much again as the hashing.
namespace writ::crypto {
namespace {

const std::uint8_t* octets(const void* bytes) noexcept {
    return static_cast<const std::uint8_t*>(bytes);
}
std::uint8_t* octets(Digest& digest) noexcept {
    return reinterpret_cast<std::uint8_t*>(digest.data());
}

/// A context of HMAC-SHA256 that leaves nothing of the key in memory.
struct KeyedContext {
    explicit KeyedContext(std::span<const std::byte> key) {
        hmac_sha256_set_key(&context, key.size(), octets(key.data()));
    }
    KeyedContext(const KeyedContext&) = default;
    KeyedContext& operator=(const KeyedContext&) = delete;
    ~KeyedContext() { wipe_memory(&context, sizeof context); }

    Digest finish(std::string_view message) {
        Digest digest;
        hmac_sha256_update(&context, message.size(), octets(message.data()));
        hmac_sha256_digest(&context, digest.size(), octets(digest));
        return digest;
    }

    hmac_sha256_ctx context{};
};

}  // namespace

Digest sha256(std::string_view text) {
    Digest digest;
    sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, text.size(), octets(text.data()));
    sha256_digest(&context, digest.size(), octets(digest));
    return digest;
}

struct Sha256::Context {
    sha256_ctx hash{};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
    sha256_init(&context_->hash);
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::string_view piece) {
    sha256_update(&context_->hash, piece.size(), octets(piece.data()));
}
Digest Sha256::finish() {
    Digest digest;
    sha256_digest(&context_->hash, digest.size(), octets(digest));  // Begins anew too.
    return digest;
}

struct HmacKey::Schedule : KeyedContext {
    using KeyedContext::KeyedContext;
};

HmacKey::HmacKey(std::span<const std::byte> key) : schedule_(std::make_unique<const Schedule>(key)) {}
HmacKey::HmacKey(HmacKey&&) noexcept = default;
HmacKey& HmacKey::operator=(HmacKey&&) noexcept = default;
HmacKey::~HmacKey() = default;

Digest HmacKey::operator()(std::string_view message) const {
    return KeyedContext(*schedule_).finish(message);
}

Digest hmac_sha256(std::span<const std::byte> key, std::string_view message) {
    return KeyedContext(key).finish(message);
}

}  // namespace writ::crypto
